namespace Republic.Core.Search;

/// <param name="Kind">One of <see cref="SearchKinds"/>.</param>
/// <param name="Title">Its name; of a message, the title of its chat.</param>
/// <param name="Snippet">The sentence that holds the words; of what is found by its name, what else is said of it.</param>
/// <param name="At">When it was said, or changed last.</param>
public sealed record SearchResult(string Kind, Guid Id, string Title, string Snippet, DateTimeOffset At)
{
    /// <summary>Of a message.</summary>
    public Guid? Conversation { get; init; }

    /// <summary>Of a document.</summary>
    public Guid? Collection { get; init; }

    /// <summary>Where words that were searched for stand in <see cref="Snippet"/>.</summary>
    public IReadOnlyList<(int Begin, int Length)> Marks { get; init; } = [];

    /// <summary>Where they stand in <see cref="Title"/>.</summary>
    public IReadOnlyList<(int Begin, int Length)> TitleMarks { get; init; } = [];
}
