using System.Collections.Immutable;

namespace Republic.Core.Memories.Learning;

/// <summary>Something that was found in what a person wrote, or that a minion learned in an episode.</summary>
/// <param name="IsAsked">The person said to remember it.</param>
internal sealed record Learned(string Content, bool IsAsked, double? Importance)
{
    /// <summary>Chat and message that it was found in; null for none.</summary>
    public Guid? Conversation { get; init; }

    public Guid? Message { get; init; }

    /// <summary>Episode that it was learned in; null for none.</summary>
    public Guid? Episode { get; init; }

    public ImmutableSortedDictionary<string, string> MetaData { get; init; } = MemoryMetaData.None;
}
