using Republic.Core.Datasets.Reading.Tables;

namespace Republic.Core.Datasets;

/// <summary>What a person says about a dataset; null leaves it as it is, or to the file.</summary>
public sealed record DatasetInput
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>jsonl, rag or custom.</summary>
    public string? DatasetType { get; init; }

    /// <summary>Of a CSV; without one it is guessed from the names of the columns.</summary>
    public RowMapping? Mapping { get; init; }

    public SettingsInput? Settings { get; init; }
}
