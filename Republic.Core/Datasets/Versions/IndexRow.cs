using System.Runtime.InteropServices;

namespace Republic.Core.Datasets.Versions;

/// <summary>What rows.index holds of each sample, in their order.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct IndexRow
{
    public ContentHash Hash;

    /// <summary>Of its line in samples.jsonl.</summary>
    public long Offset;

    /// <summary>With the line end.</summary>
    public int Length;
    public int Line;
    public int Characters;
    public float Quality;
    public int Turns;

    /// <summary>0 for training, 1 for validation.</summary>
    public int Part;

    /// <summary>The number of its first repeat in repeats.index.</summary>
    public int FirstRepeat;
    public int Repeats;
}
