using System.Collections.Immutable;
using System.Text.Json;
using Republic.Core;
using Republic.Core.Episodes;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Yaml;
using Republic.Tests.Unit.Episodes;

namespace Republic.Bench;

/// <summary>What <see cref="EpisodeMachine.Next"/> takes, in microseconds, over states and events that were made before.</summary>
internal static class MachineSpeed
{
    private const int Pairs = 100_000;

    private sealed record Pair(EpisodeMachine Machine, EpisodeState State, EpisodeEvent Happened);

    public static string Measure()
    {
        var (reviews, random) = (Reviews(), AtRandom());
        // Compiled with all that the runtime has learned of it, as in an app that has run for a while.
        for (var i = 0; i < 3; i++)
        {
            (_, _) = (Times(reviews), Times(random));
            Thread.Sleep(500);
        }

        return $"""
            | `Next`, microseconds | pairs | median | p99 | goal |
            | --- | --- | --- | --- | --- |
            | code reviews that are played | {reviews.Count:n0} | {Figures(Times(reviews))} | 5 |
            | states and events at random | {random.Count:n0} | {Figures(Times(random))} | 5 |
            """;
    }

    private static string Figures(double[] sorted) => FormattableString.Invariant($"{At(sorted, 0.5):0.00} | {At(sorted, 0.99):0.0}");

    private static double At(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];

    private static double[] Times(List<Pair> pairs)
    {
        GC.Collect();
        var times = new double[pairs.Count];
        for (var i = 0; i < times.Length; i++)
        {
            var (machine, state, happened) = pairs[i];
            var begun = TimeProvider.System.GetTimestamp();
            machine.Next(state, happened);
            times[i] = (TimeProvider.System.GetTimestamp() - begun) * 1e6 / TimeProvider.System.TimestampFrequency;
        }

        Array.Sort(times);
        return times;
    }

    /// <summary>Reviews with outcomes by chance, from their start to their end.</summary>
    private static List<Pair> Reviews()
    {
        var machine = new EpisodeMachine(
            ScenarioYaml.Read(EpisodeScenarios.CodeReview).Definition ?? throw new InvalidOperationException("The code review is wrong.")
        );
        var random = SeededRandom.For(76, 1);
        List<Pair> pairs = [];
        while (pairs.Count < Pairs)
        {
            var state = EpisodeState.Of(machine.Definition);
            for (var seq = 1; state.Phase != EpisodePhase.Over; seq++)
            {
                var labels = machine.LabelsOf(state);
                EpisodeEvent happened =
                    state.Phase == EpisodePhase.Ready
                        ? new EpisodeEvent.Started(
                            machine.Roles.ToImmutableSortedDictionary(
                                role => role,
                                role => new CastMember(EpisodeScenarios.PlayerOf(role), false)
                            ),
                            new ScenarioLimits(),
                            ImmutableSortedDictionary<string, JsonElement>.Empty
                        )
                        : new EpisodeEvent.StepDone(
                            state.Ask!.Value,
                            state.Role!,
                            EpisodeScenarios.PlayerOf(state.Role!),
                            $"I changed line {seq}, and closed the handle that was left open there.",
                            labels.Count > 0 ? labels[random.Next(labels.Count)] : null,
                            null,
                            0.001m,
                            200
                        );
                state = Add(pairs, machine, state, happened, seq);
            }
        }

        return pairs;
    }

    /// <summary>As the tests have it that look for exceptions.</summary>
    private static List<Pair> AtRandom()
    {
        var episodes = new RandomEpisodes(76);
        List<Pair> pairs = [];
        while (pairs.Count < Pairs)
        {
            var machine = new EpisodeMachine(episodes.Scenario());
            var state = EpisodeState.Of(machine.Definition);
            for (var seq = 1; seq <= 100; seq++)
            {
                var happened = episodes.Next(2) == 0 ? episodes.Any(machine, state, $"{seq}") : episodes.Fitting(machine, state, $"{seq}");
                state = Add(pairs, machine, state, happened, seq);
            }
        }

        return pairs;
    }

    private static EpisodeState Add(List<Pair> pairs, EpisodeMachine machine, EpisodeState state, EpisodeEvent happened, int seq)
    {
        happened = happened with { Seq = seq, At = DateTimeOffset.UnixEpoch.AddMinutes(seq), Random = 0.3 };
        pairs.Add(new Pair(machine, state, happened));
        return machine.Next(state, happened).State;
    }
}
