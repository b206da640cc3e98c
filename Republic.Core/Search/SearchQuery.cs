namespace Republic.Core.Search;

/// <param name="Text">Words, all of which must be there; the last also as the beginning of one.</param>
public sealed record SearchQuery(string Text)
{
    public const int MaxLength = 1000;

    /// <summary>One of <see cref="SearchKinds"/>; null for all.</summary>
    public string? Kind { get; init; }

    /// <summary>Only what has to do with this minion: chats with it, its runs and the tasks that are assigned to it.</summary>
    public Guid? Minion { get; init; }

    /// <summary>Only what was said or changed then or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only what was said or changed earlier.</summary>
    public DateTimeOffset? Until { get; init; }

    public int Limit { get; init; } = 20;

    /// <summary>Of the page before; null for the first.</summary>
    public string? Cursor { get; init; }
}
