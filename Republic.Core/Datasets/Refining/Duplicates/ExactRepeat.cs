using System.Runtime.InteropServices;

namespace Republic.Core.Datasets.Refining.Duplicates;

/// <param name="Of">The number of the candidate that was there before.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ExactRepeat(int Of, int Line);
