using System.Text.Json.Serialization;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Reading;

/// <summary>An episode as one person sees it: its owner, or somebody who plays in it.</summary>
public sealed record EpisodeView
{
    public required Guid Id { get; init; }

    public required Guid ScenarioId { get; init; }

    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    public required int Version { get; init; }

    public required Guid InitiatorId { get; init; }

    public required Guid TimelineId { get; init; }

    public required int TimelineCount { get; init; }

    public required EpisodeStatus Status { get; init; }

    public EpisodeWait? Wait { get; init; }

    /// <summary>Why it waits, and what to do, for its owner; null where the wait says all.</summary>
    public string? Why { get; init; }

    /// <summary>The roles whose players are to act.</summary>
    public required IReadOnlyList<string> WaitingFor { get; init; }

    /// <summary>When they are no longer waited for.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    /// <summary>When minions act again, after the process that had them act died again and again; null where it is not held.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>The outcomes of which whoever is to act names one, for them or whoever sees all; empty where none is wanted.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>What whoever is to act is asked, for them or whoever sees all.</summary>
    public required IReadOnlyList<string> Prompts { get; init; }

    /// <summary>Whether whoever is to act rates what they do, from 0 to 1.</summary>
    public required bool WantsScore { get; init; }

    /// <summary>What can be chosen now; empty where nothing is.</summary>
    public required IReadOnlyList<ChoiceCard> Choices { get; init; }

    public string? CurrentState { get; init; }

    /// <summary>The state of that name in the scenario's draft; null where it has none any more.</summary>
    public Guid? CurrentStateId { get; init; }

    public EndResult? Result { get; init; }

    public EpisodeEnd? EndedBy { get; init; }

    public required int Turn { get; init; }

    /// <summary>Dollars; null for whoever did not begin it, who does not pay.</summary>
    public required decimal? Cost { get; init; }

    /// <summary>Null for whoever did not begin it.</summary>
    public required long? Tokens { get; init; }

    /// <summary>The time that it did not wait.</summary>
    public required double Minutes { get; init; }

    public required ScenarioLimits Limits { get; init; }

    public required ConfigCard Config { get; init; }

    /// <summary>Its owner, who plays in it, looked at what other roles know, or took a role after the start.</summary>
    public required bool SeenThrough { get; init; }

    public required IReadOnlyList<AssignmentCard> Assignments { get; init; }

    public required IReadOnlyList<StepCard> Steps { get; init; }

    public required IReadOnlyList<MessageCard> Messages { get; init; }

    /// <summary>The course of the timeline, entry by entry, without anybody's words; null where a part of the transcript is read.</summary>
    public required string? Evolution { get; init; }

    /// <summary>The hash of the whole transcript; null for whoever does not see all, and where a part of the transcript is read.</summary>
    public required string? TranscriptSha256 { get; init; }

    /// <summary>The number of the last entry of the timeline.</summary>
    public required long Seq { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The viewer began it, and may steer it.</summary>
    public required bool IsOwner { get; init; }

    /// <summary>The roles that the viewer plays now.</summary>
    public required IReadOnlyList<string> MyRoles { get; init; }

    /// <summary>The viewer sees what every role knows.</summary>
    public required bool SeesAll { get; init; }

    [JsonIgnore]
    public EpisodeMachine Machine { get; init; } = null!;

    [JsonIgnore]
    public ScenarioDefinition Definition => Machine.Definition;

    [JsonIgnore]
    public EpisodeState State { get; init; } = null!;

    [JsonIgnore]
    public EpisodePhase Phase => State.Phase;

    /// <summary>The episode as one role knows it, for a viewer who sees everything.</summary>
    public EpisodeView SeenAs(string role) =>
        role == Machine.Director
            ? this
            : this with
            {
                Steps = [.. Steps.Select(step => SeenAs(role, step))],
                Messages = [.. Messages.Select(message => message.Audience.Contains(role) ? message : message.Hide())],
            };

    /// <summary>What a minion calls, no role gets to know.</summary>
    private static StepCard SeenAs(string role, StepCard step) =>
        step.Audience.Count == 0 || step.Audience.Contains(role) ? step with { ToolCalls = [] } : step.Hide();
}
