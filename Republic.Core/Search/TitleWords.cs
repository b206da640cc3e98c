using NpgsqlTypes;
using Republic.Core.Data;

namespace Republic.Core.Search;

/// <summary>The words of a conversation's title, as they are searched.</summary>
public sealed class TitleWords : IOwned
{
    /// <summary>The conversation's.</summary>
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    /// <inheritdoc cref="MessageWords.Words"/>
    public NpgsqlTsVector Words { get; private set; } = null!;
}
