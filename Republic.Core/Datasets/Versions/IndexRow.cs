using System.Runtime.InteropServices;

namespace Republic.Core.Datasets.Versions;

/// <summary>What rows.index holds of each sample, in their order.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct IndexRow
{
    public ContentHash Hash;

    /// <summary>Byte offset of the row's line in samples.jsonl.</summary>
    public long Offset;

    /// <summary>Length of the line in bytes, including the newline.</summary>
    public int Length;
    public int Line;
    public int Characters;
    public float Quality;
    public int Turns;

    /// <summary>The lowest bit says whether it is held out; the others are its group, from 1, or 0 where the version was made before rows were grouped.</summary>
    public int Part;

    /// <summary>The number of its first repeat in repeats.index.</summary>
    public int FirstRepeat;
    public int Repeats;

    public readonly bool IsHeldOut => (Part & 1) != 0;

    /// <summary>Null in a version that was made before rows were grouped.</summary>
    public readonly int? Group => Part > 1 ? (Part >> 1) - 1 : null;

    public static int PartOf(int group, bool isHeldOut) => ((group + 1) << 1) | (isHeldOut ? 1 : 0);
}
