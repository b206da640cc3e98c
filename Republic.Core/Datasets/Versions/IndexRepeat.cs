using System.Runtime.InteropServices;

namespace Republic.Core.Datasets.Versions;

/// <summary>What repeats.index holds of each row that was left out for an earlier one; those of one sample stand together.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct IndexRepeat
{
    /// <summary>The position of the sample.</summary>
    public int Of;
    public int Line;

    /// <summary>1 where it is the same character by character.</summary>
    public float Similarity;

    /// <summary>Of its line in repeats.jsonl; 0 where the sample's own text is also its own.</summary>
    public int Length;
    public long Offset;
}
