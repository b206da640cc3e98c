namespace Republic.Core.Search.Sources;

/// <summary>A thing that the person may see, as the database reads it.</summary>
internal sealed class SearchCandidate
{
    public required Guid Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What the words are looked for in.</summary>
    public required string Text { get; init; }

    public string? Description { get; init; }

    /// <summary>When it was changed last.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The minion that it has to do with.</summary>
    public Guid? Minion { get; init; }

    /// <summary>Of a document.</summary>
    public Guid? Collection { get; init; }
}
