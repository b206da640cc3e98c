using System.Text.Json;
using Republic.Core.Jobs;

namespace Republic.Core.Knowledge.Measuring;

/// <summary>What became of the questions that a minion was asked for.</summary>
/// <param name="Unused">Why replies were not taken, and how many for each reason.</param>
public sealed record DraftReport(int Asked, int Written, IReadOnlyDictionary<string, int> Unused)
{
    public int Unread => Unused.Values.Sum();

    /// <summary>Null where all came that were asked for, or it is not over.</summary>
    public string? Sentence
    {
        get
        {
            if (Written >= Asked)
            {
                return null;
            }

            var left = Asked - Written - Unread;
            var reasons = Unused
                .OrderByDescending(reason => reason.Value)
                .ThenBy(reason => reason.Key, StringComparer.Ordinal)
                .Select(reason => $"{reason.Value} {(reason.Value == 1 ? "reply" : "replies")} {reason.Key}");
            var parts =
                left > 0 ? reasons.Append($"for {left} there was no passage left that is long enough and has no question") : reasons;
            return $"{Written} of {Asked} questions were written: {string.Join(", ", parts)}.";
        }
    }

    internal string ToJson() => JsonSerializer.Serialize(this, SnakeCaseJson.Options);

    /// <summary>Of a drafting that ended well; null of any other.</summary>
    public static DraftReport? Of(Job? job) =>
        job is { Status: JobStatus.Completed, Detail: { } detail }
            ? JsonSerializer.Deserialize<DraftReport>(detail, SnakeCaseJson.Options)
            : null;
}
