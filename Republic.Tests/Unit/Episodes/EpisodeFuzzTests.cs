using System.Text.Json;
using Republic.Core.Episodes;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Episodes.Reading;
using Republic.Core.Episodes.Replaying;

namespace Republic.Tests.Unit.Episodes;

/// <summary>Whatever happens to an episode, the machine says what follows.</summary>
public sealed class EpisodeFuzzTests
{
    [Fact]
    public void A_hundred_thousand_random_events_in_random_states_throw_nothing()
    {
        var episodes = new RandomEpisodes(76);
        var phases = new HashSet<EpisodePhase>();
        var (pairs, refused) = (0, 0);
        while (pairs < 100_000)
        {
            var machine = new EpisodeMachine(episodes.Scenario());
            var state = EpisodeState.Of(machine.Definition);
            for (var (i, over) = (1, 0); i <= 100 && over < 3; i++, pairs++)
            {
                over += state.Phase == EpisodePhase.Over ? 1 : 0;
                var happened = episodes.Next(2) == 0 ? episodes.Any(machine, state, $"{i}") : episodes.Fitting(machine, state, $"{i}");
                var decision = machine.Next(state, happened with { Seq = i, At = DateTimeOffset.UnixEpoch.AddHours(i) });
                refused += decision.Refusal is null ? 0 : 1;
                state = decision.State;
                phases.Add(state.Phase);
                AssertSound(machine, state);
            }
        }

        Assert.Equal(Enum.GetValues<EpisodePhase>().Order(), phases.Order());
        Assert.InRange(refused, 10_000, 90_000);
    }

    [Fact]
    public void A_state_that_was_stored_goes_on_as_if_it_had_not_been()
    {
        var episodes = new RandomEpisodes(5);
        for (var i = 0; i < 60; i++)
        {
            var played = new PlayedMachine(episodes.Scenario());
            for (var j = 0; j < 30; j++)
            {
                var happened = episodes.Fitting(played.Machine, played.State, $"said {j}") with { Seq = j + 1, Random = 0.3 };
                var stored = JsonSerializer.Deserialize<EpisodeState>(
                    JsonSerializer.Serialize(played.State, EpisodeJson.Options),
                    EpisodeJson.Options
                )!;

                Assert.Equal(Json(played.Machine.Next(played.State, happened)), Json(played.Machine.Next(stored, happened)));
                played.Try(happened);
            }
        }
    }

    [Fact]
    public void A_hundred_episodes_are_replayed_from_their_journals_word_for_word()
    {
        var episodes = new RandomEpisodes(9);
        for (var i = 0; i < 100; i++)
        {
            var played = new PlayedMachine(episodes.Scenario());
            for (var j = 0; j < 40 && played.State.Phase != EpisodePhase.Over; j++)
            {
                played.Try(episodes.Fitting(played.Machine, played.State, $"said {j}"));
            }

            var entries = Journal(played.Entries);
            var replay = EpisodeReplay.Of(new EpisodeMachine(played.Machine.Definition), entries);

            Assert.Empty(replay.Differences);
            Assert.Equal((0, null, entries.Count), (replay.Calls, replay.BrokenAt, replay.Entries));
            Assert.Equal(Transcript.Sha256(Transcript.Lines(played.Entries)), replay.TranscriptSha256);
        }
    }

    [Fact]
    public void A_replay_names_the_entry_that_was_changed_and_the_one_that_would_be_decided_otherwise()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start().Say("I changed it.").Say("Fine.", "approve");
        var entries = Journal(played.Entries);
        var changed = new EpisodeEntry
        {
            TimelineId = entries[1].TimelineId,
            Seq = 2,
            Kind = entries[1].Kind,
            Data = entries[1].Data.Replace("I changed it.", "I changed nothing.", StringComparison.Ordinal),
            Hash = entries[1].Hash,
        };
        Assert.Equal(2, EpisodeReplay.Of(played.Machine, [entries[0], changed, entries[2]]).BrokenAt);

        var other = new PlayedMachine(
            EpisodeScenarios.CodeReview.Replace("outcome == \"approve\"", "outcome == \"reject\"", StringComparison.Ordinal)
        );
        var replay = EpisodeReplay.Of(other.Machine, entries);
        Assert.Null(replay.BrokenAt);
        Assert.Equal([3], replay.Differences.Select(difference => difference.Seq));
        Assert.Equal(EpisodeReplay.Of(played.Machine, entries).TranscriptSha256, replay.TranscriptSha256);
    }

    private static List<EpisodeEntry> Journal(IEnumerable<EntryData> events)
    {
        List<EpisodeEntry> entries = [];
        foreach (var data in events)
        {
            var json = data.ToJson();
            entries.Add(
                new EpisodeEntry
                {
                    TimelineId = Guid.Empty,
                    Seq = data.Event.Seq,
                    Kind = EpisodeKinds.Of(data.Event),
                    Data = json,
                    Hash = EntryHash.Of(entries.Count == 0 ? [] : entries[^1].Hash, data.Event.Seq, json),
                }
            );
        }

        return entries;
    }

    private static string Json(Decision decision) => JsonSerializer.Serialize(decision, EpisodeJson.Options);

    private static void AssertSound(EpisodeMachine machine, EpisodeState state)
    {
        Assert.True(
            state.Phase is EpisodePhase.Over or EpisodePhase.Ready || machine.Definition.State(state.Position.Current!) is not null
        );
        Assert.True(state.Ask is null || state.Phase is EpisodePhase.Asking or EpisodePhase.Judging or EpisodePhase.Deciding);
        Assert.True(
            state.Phase is not (EpisodePhase.Asking or EpisodePhase.Waiting or EpisodePhase.Deciding) || state.Cast.ContainsKey(state.Role!)
        );
        Assert.True(state.Phase != EpisodePhase.Deciding || state.Ask is not null);
        Assert.True(state.Phase != EpisodePhase.Asking || state.IsPaused || state.Ask is not null);
    }
}
