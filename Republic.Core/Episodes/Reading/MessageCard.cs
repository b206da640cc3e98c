using System.Text.Json;

namespace Republic.Core.Episodes.Reading;

/// <summary>A message or a fact that was added from outside, as somebody sees it. Where they do not get to know it, its words are null.</summary>
/// <param name="Fact">The name of the fact; null for a message.</param>
public sealed record MessageCard(
    long Seq,
    string? Text,
    string? Fact,
    JsonElement? Value,
    IReadOnlyList<string> Audience,
    bool Hidden,
    DateTimeOffset At
)
{
    /// <summary>The same for one who does not get to know it.</summary>
    public MessageCard Hide() => this with { Text = null, Fact = null, Value = null, Hidden = true };
}
