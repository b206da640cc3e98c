namespace Republic.Core.Tools;

/// <summary>A tool server of a person, and which of its tools a minion has.</summary>
public sealed record MinionServerCard
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Url { get; init; }

    /// <summary>Why its tools could not be read the last time; null where they were.</summary>
    public string? Error { get; init; }

    public DateTimeOffset? ReadAt { get; init; }

    public required IReadOnlyList<MinionServerTool> Tools { get; init; }

    public IReadOnlyList<MinionServerTool> On => [.. Tools.Where(tool => tool.IsOn)];

    /// <summary>The tools that are on and that the server describes otherwise now than when they were allowed.</summary>
    public IReadOnlyList<MinionServerTool> Changed => [.. Tools.Where(tool => tool.IsChanged)];
}
