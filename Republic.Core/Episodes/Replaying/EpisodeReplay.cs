using System.Text.Json;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Replaying;

/// <summary>Plays a timeline again from its entries, and asks nobody.</summary>
internal static class EpisodeReplay
{
    /// <param name="entries">All of a timeline, in order.</param>
    public static ReplayResult Of(EpisodeMachine machine, IReadOnlyList<EpisodeEntry> entries)
    {
        var state = EpisodeState.Of(machine.Definition);
        List<ReplayDifference> differences = [];
        List<EntryData> said = [];
        byte[] hash = [];
        long? broken = null;
        foreach (var entry in entries)
        {
            var expected = EntryHash.Of(hash, entry.Seq, entry.Data);
            broken ??= expected.AsSpan().SequenceEqual(entry.Hash) ? null : entry.Seq;
            hash = entry.Hash;
            var stored = EntryData.Parse(entry.Data);
            said.Add(stored);
            var decision = machine.Next(state, stored.Event);
            var (kept, decided) = (Json(stored.Effects), decision.Refusal ?? Json(decision.Effects));
            if (kept != decided)
            {
                differences.Add(new(entry.Seq, kept, decided));
            }

            state = decision.State;
        }

        return new(0, entries.Count, Transcript.Sha256(Transcript.Lines(said)), broken, differences);
    }

    private static string Json(IReadOnlyList<EpisodeEffect> effects) => JsonSerializer.Serialize(effects, EpisodeJson.Options);
}
