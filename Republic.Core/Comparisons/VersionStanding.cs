using System.Text.Json.Serialization;
using Republic.Core.Training.Gate;

namespace Republic.Core.Comparisons;

/// <summary>How one version of a minion has done: in chats, by its run, and in comparisons that were voted on.</summary>
public sealed record VersionStanding
{
    public int Version { get; init; }

    /// <summary>True for the version that the minion answers with.</summary>
    public bool IsLive { get; init; }

    /// <summary>The number of complete answers in chats.</summary>
    public long Answers { get; init; }

    /// <summary>The number of answers in chats with a score, stopped ones included.</summary>
    public long Rated { get; init; }

    /// <summary>The mean of those scores, from 0 to 1; null where none was given.</summary>
    public double? MeanScore { get; init; }

    [JsonIgnore]
    public string? VerdictName { get; init; }

    /// <summary>Of the run that made it; null for version 0, and where the run was deleted.</summary>
    public GateVerdict? Verdict => Read(VerdictName);

    [JsonIgnore]
    public string? JudgedName { get; init; }

    /// <summary>The verdict of that run where somebody judged answers that the measure called lost; null where nobody did.</summary>
    public GateVerdict? JudgedVerdict => Read(JudgedName);

    public long Won { get; init; }
    public long Lost { get; init; }
    public long Tied { get; init; }

    [JsonIgnore]
    public long Votes => Won + Lost + Tied;

    /// <summary>Null with too few votes to say anything.</summary>
    public WinRate? WinRate => WinRate.Of(Won, Lost, Tied);

    private static GateVerdict? Read(string? name) =>
        Enum.TryParse<GateVerdict>(name?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var verdict) ? verdict : null;
}
