using NpgsqlTypes;
using Republic.Core.Data;
using Republic.Core.Search.Words;

namespace Republic.Core.Search;

/// <summary>The words of a message, as they are searched: made once, when it is said or its answer has ended.</summary>
public sealed class MessageWords : IOwned
{
    /// <summary>The message's.</summary>
    public required Guid Id { get; init; }

    /// <summary>Of the conversation.</summary>
    public required Guid OwnerId { get; init; }

    public required DateTimeOffset SaidAt { get; init; }

    /// <summary>Those of <see cref="TextWords"/>, and one for each citizen of the conversation, so that the index cuts to what is theirs.</summary>
    public NpgsqlTsVector Words { get; private set; } = null!;
}
