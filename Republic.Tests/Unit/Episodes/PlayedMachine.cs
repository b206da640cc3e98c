using System.Collections.Immutable;
using System.Text.Json;
using Republic.Core.Episodes;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Tests.Unit.Episodes;

/// <summary>A machine that is played by hand: each event a minute after the one before.</summary>
internal sealed class PlayedMachine
{
    private readonly List<EntryData> entries = [];

    public PlayedMachine(string yaml)
        : this(
            ScenarioYaml.Read(yaml).Definition
                ?? throw new InvalidOperationException(
                    string.Join(' ', ScenarioYaml.Read(yaml).Problems.Select(problem => problem.Message))
                )
        ) { }

    public PlayedMachine(ScenarioDefinition definition)
    {
        Machine = new EpisodeMachine(definition);
        State = EpisodeState.Of(definition);
    }

    public EpisodeMachine Machine { get; }

    public EpisodeState State { get; private set; }

    public IReadOnlyList<EntryData> Entries => entries;

    public IReadOnlyList<EpisodeEffect> Effects => entries[^1].Effects;

    public double Random { get; set; }

    public TimeSpan Step { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Starts it with minions in all roles but those that are listed.</summary>
    public PlayedMachine Start(params string[] people)
    {
        var cast = Machine.Roles.ToImmutableSortedDictionary(
            role => role,
            role => new CastMember(EpisodeScenarios.PlayerOf(role), people.Contains(role))
        );
        return Do(new EpisodeEvent.Started(cast, new ScenarioLimits(), ImmutableSortedDictionary<string, JsonElement>.Empty));
    }

    public PlayedMachine Do(EpisodeEvent happened)
    {
        var refusal = Try(happened);
        Assert.Null(refusal);
        return this;
    }

    /// <returns>Why it was refused; then nothing has changed.</returns>
    public string? Try(EpisodeEvent happened)
    {
        happened = happened with { Seq = entries.Count + 1, At = DateTimeOffset.UnixEpoch + (Step * entries.Count), Random = Random };
        var before = State;
        var decision = Machine.Next(State, happened);
        State = decision.State;
        if (decision.Refusal is null)
        {
            entries.Add(new EntryData(happened, decision.Effects));
        }
        else
        {
            Assert.Same(before, State);
            Assert.Empty(decision.Effects);
        }

        return decision.Refusal;
    }

    /// <summary>The role whose turn it is says something, whoever plays it.</summary>
    public PlayedMachine Say(string text, string? label = null, double? score = null) =>
        State.Phase == EpisodePhase.Waiting
            ? Do(new EpisodeEvent.PersonActed(State.Role!, EpisodeScenarios.PlayerOf(State.Role!), text, label, score))
            : Do(
                new EpisodeEvent.StepDone(
                    State.Ask!.Value,
                    State.Role!,
                    EpisodeScenarios.PlayerOf(State.Role!),
                    text,
                    label,
                    score,
                    0.01m,
                    10
                )
            );
}
