using System.Text.Json;
using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Journal;

/// <summary>An event with what followed from it, as an entry keeps them.</summary>
public sealed record EntryData(EpisodeEvent Event, IReadOnlyList<EpisodeEffect> Effects)
{
    public string ToJson() => JsonSerializer.Serialize(this, EpisodeJson.Options);

    public static EntryData Parse(string json) =>
        JsonSerializer.Deserialize<EntryData>(json, EpisodeJson.Options) ?? throw new JsonException("An entry is empty.");
}
