using System.Runtime.InteropServices;

namespace Republic.Core.Datasets.Versions;

/// <summary>What clusters.index holds of each sample that has repeats, the most repeated first.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal record struct IndexCluster(int Of, int Repeats);
