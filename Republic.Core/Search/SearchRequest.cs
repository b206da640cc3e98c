namespace Republic.Core.Search;

/// <summary>What is asked of one kind of things: those that the person may see, the newest first.</summary>
internal sealed record SearchRequest(Guid Person, bool IsSuperuser, SearchQuestion Question, int Limit)
{
    public Guid? Minion { get; init; }

    public DateTimeOffset From { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Where the page before ended, or the end of the time that is searched.</summary>
    public DateTimeOffset Before { get; init; } = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The last id of the page before; empty at the end of the time, for what is of that very moment is later.</summary>
    public Guid BeforeId { get; init; }

    /// <summary>Somebody types and wants to go there: names that begin so come first.</summary>
    public bool IsJump { get; init; }
}
