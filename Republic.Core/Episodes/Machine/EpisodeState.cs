using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Machine;

/// <summary>All that decides how an episode goes on. It follows from the events of a timeline, and is stored with it so that it need not be computed each time.</summary>
public sealed record EpisodeState
{
    /// <summary>Before it is started.</summary>
    public static EpisodeState Of(ScenarioDefinition definition) =>
        new()
        {
            Position = ScenarioPosition.StartOf(definition),
            Facts = definition.Facts.ToImmutableSortedDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal),
            Limits = definition.Limits,
        };

    public EpisodePhase Phase { get; init; }

    public required ScenarioPosition Position { get; init; }

    /// <summary>The role that acts, or whose step failed; null where no role does.</summary>
    public string? Role { get; init; }

    /// <summary>The number of the entry by which a minion is being asked; null while none is.</summary>
    public long? Ask { get; init; }

    /// <summary>A minion or the director is being asked now; false while the owner is to decide on the tool calls of a step.</summary>
    [JsonIgnore]
    public bool IsAsking => Ask is not null && Phase != EpisodePhase.Deciding;

    public bool IsPaused { get; init; }

    /// <summary>It is paused again once somebody has acted.</summary>
    public bool PausesAfterStep { get; init; }

    /// <summary>The number of steps that are done.</summary>
    public int Turn { get; init; }

    /// <summary>The number of steps that are done since the current state was entered.</summary>
    public int Spoken { get; init; }

    public ImmutableSortedDictionary<string, CastMember> Cast { get; init; } = ImmutableSortedDictionary<string, CastMember>.Empty;

    public ImmutableSortedDictionary<string, JsonElement> Facts { get; init; } = ImmutableSortedDictionary<string, JsonElement>.Empty;

    public LastStep? Last { get; init; }

    /// <summary>The label of the last step; empty where it had none.</summary>
    public string Outcome { get; init; } = "";

    public double? Score { get; init; }

    /// <summary>Dollars.</summary>
    public decimal Cost { get; init; }

    public long Tokens { get; init; }

    /// <summary>The part of <see cref="Cost"/> that the step which is being asked for took before it waited.</summary>
    public decimal AskCost { get; init; }

    /// <summary>The part of <see cref="Tokens"/> that it took before it waited.</summary>
    public long AskTokens { get; init; }

    /// <summary>The time that it did not wait, in milliseconds.</summary>
    public long WorkedMs { get; init; }

    /// <summary>The time of the last event.</summary>
    public DateTimeOffset? At { get; init; }

    public ScenarioLimits Limits { get; init; } = new();

    /// <summary>How often the present step has failed.</summary>
    public int Failures { get; init; }

    public ImmutableSortedDictionary<string, Repetition> Repeated { get; init; } = ImmutableSortedDictionary<string, Repetition>.Empty;

    /// <summary>Why it waits, for people; null where its phase says all.</summary>
    public string? Why { get; init; }

    public LimitKind? Limit { get; init; }

    /// <summary>Where it goes on from a limit, or from where it is stuck.</summary>
    public ResumePoint Resume { get; init; }

    /// <summary>When the person that it waits for is no longer waited for.</summary>
    public DateTimeOffset? Until { get; init; }

    public EndResult? Result { get; init; }

    public EpisodeEnd? EndedBy { get; init; }

    [JsonIgnore]
    public EpisodeStatus Status =>
        Phase != EpisodePhase.Over ? EpisodeStatus.Running
        : EndedBy == EpisodeEnd.Scenario ? EpisodeStatus.Completed
        : EpisodeStatus.Terminated;

    [JsonIgnore]
    public EpisodeWait? Wait =>
        Phase switch
        {
            EpisodePhase.Over => null,
            EpisodePhase.Ready => EpisodeWait.Paused,
            EpisodePhase.Limited => EpisodeWait.Limit,
            EpisodePhase.Stuck => EpisodeWait.Stuck,
            _ when IsPaused => EpisodeWait.Paused,
            EpisodePhase.Waiting or EpisodePhase.Deciding => EpisodeWait.Person,
            EpisodePhase.Choosing => EpisodeWait.Choice,
            _ => null,
        };

    [JsonIgnore]
    public double Minutes => WorkedMs / 60_000.0;
}
