namespace Republic.Core.Search;

/// <summary>A row of the index that holds the words.</summary>
internal sealed record FoundWords(Guid Id, DateTimeOffset At);
