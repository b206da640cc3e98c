using Republic.Core;

namespace Republic.Web.Cli.Episodes;

/// <summary>What came of a replay, for people.</summary>
internal static class EpisodeReplayText
{
    public static string Same(RemoteReplay replay) =>
        $"{Counted.Of(replay.Entries ?? 0, "entry", "entries")} computed again, and no model asked: it is the same episode.\nTranscript {replay.TranscriptSha256}";

    /// <summary>What is not as it was; empty where everything is.</summary>
    public static IEnumerable<string> Problems(RemoteReplay replay, RemoteEpisode episode)
    {
        if (replay.BrokenAt is { } broken)
        {
            yield return $"The hash of entry {broken} is not what its data say: it was changed after it was written.";
        }

        // An episode that minions play may have gone on since it was read.
        if (episode.Seq == replay.Entries && episode.TranscriptSha256 is { } stored && stored != replay.TranscriptSha256)
        {
            yield return $"The transcript is another one: {stored} is stored, and {replay.TranscriptSha256} comes of the journal.";
        }

        if (replay.Differences is { Count: > 0 } differences)
        {
            var entries = string.Join(", ", differences.Select(one => one.Seq));
            yield return $"This version of Republic would decide otherwise at {(differences.Count == 1 ? "entry" : "entries")} {entries}. What is stored counts.";
        }
    }
}
