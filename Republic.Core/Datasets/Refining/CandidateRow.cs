using System.Runtime.InteropServices;
using Republic.Core.Datasets.Refining.Duplicates;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Datasets.Refining;

/// <summary>What is remembered of a good row that repeats no earlier one exactly.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CandidateRow
{
    public const int IsKept = -1;

    public ContentHash Hash;
    public Sketch Sketch;
    public long SourceOffset;
    public int SourceLength;
    public int Line;

    /// <summary>Length in bytes of the row's line in samples.jsonl, including the newline.</summary>
    public int Length;
    public int Characters;
    public float Quality;
    public int Turns;

    /// <summary>The row that it nearly repeats, or <see cref="IsKept"/>.</summary>
    public int Root;
    public float Similarity;

    /// <summary>Among the samples, of a row that is one.</summary>
    public int Position;
}
