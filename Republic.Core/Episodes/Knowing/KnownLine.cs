using System.Text.Json.Serialization;

namespace Republic.Core.Episodes.Knowing;

/// <summary>One thing that a role knows.</summary>
/// <param name="Seq">The number of the entry by which it was learned.</param>
/// <param name="Speaker">The role that said it; null for what was there from the beginning, or came from outside.</param>
/// <param name="Source">Where it is from, for people: “a fact of the scenario”, “said in review”.</param>
public sealed record KnownLine(long Seq, string? Speaker, string Text, string Source)
{
    /// <summary>The person whose own words they are; null for what a minion said, what the scenario has, and words that were put in another's place.</summary>
    [JsonIgnore]
    public Guid? Author { get; init; }
}
