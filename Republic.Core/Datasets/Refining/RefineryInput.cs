using Republic.Core.Datasets.Reading.Tables;

namespace Republic.Core.Datasets.Refining;

/// <param name="Source">The path of the upload.</param>
/// <param name="Folder">Where the version is made, a folder that does not exist yet; null for a dry run, which only counts.</param>
/// <param name="Mapping">Of a table; null guesses it from the names of its columns.</param>
public sealed record RefineryInput(string Source, string? Folder, RefinerySettings Settings, RowMapping? Mapping = null)
{
    /// <summary>Made by hand in an earlier version, and applied to the same rows of this one.</summary>
    public IReadOnlyList<Versions.Changes.RowChange> Changes { get; init; } = [];

    /// <summary>What the version may take on the disk; null where nothing but the disk sets an end.</summary>
    public long? MostBytes { get; init; }

    /// <summary>
    /// What may become samples. A row takes up to 300 bytes while it is compared, and a file of a gigabyte can have fifty million; half
    /// of the memory is left to the rest.
    /// </summary>
    public int MostRows { get; init; } = (int)Math.Min(int.MaxValue, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 600);

    /// <summary>Threads that read at the same time.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
