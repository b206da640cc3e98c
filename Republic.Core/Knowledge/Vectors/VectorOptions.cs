namespace Republic.Core.Knowledge.Vectors;

/// <summary>The section <c>Knowledge:Vectors</c> of the configuration.</summary>
public sealed class VectorOptions
{
    public const string Section = "Knowledge:Vectors";

    /// <summary>What all indexes of this node may take in memory together, in MB. Null: a quarter of what the process may have.</summary>
    public int? MemoryMb { get; set; }

    internal long MaxBytes => MemoryMb is { } given ? (long)given << 20 : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
}
