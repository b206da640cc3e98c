using Republic.Core.Episodes;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Tests.Unit.Episodes;

/// <summary>A step whose tool calls wait for the owner, as the machine sees it.</summary>
public sealed class DecidingTests
{
    [Fact]
    public void It_waits_for_a_person_and_goes_on_with_the_same_step()
    {
        var played = Waiting();
        Assert.Equal((EpisodePhase.Deciding, EpisodeWait.Person, false), (played.State.Phase, played.State.Wait, played.State.IsAsking));
        Assert.Empty(played.Effects);
        Assert.Equal(EventRefusals.Stale, played.Try(new EpisodeEvent.CallsDecided(played.State.Ask!.Value + 1)));
        var ask = played.State.Ask;

        played.Do(new EpisodeEvent.CallsDecided(ask!.Value));

        Assert.Equal((EpisodePhase.Asking, ask, null), (played.State.Phase, played.State.Ask, played.State.Until));
        Assert.Equal("reviewer", played.Say("Now.", "approve").State.Last!.Role);
    }

    [Fact]
    public void What_it_took_is_counted_at_once_and_not_twice_and_its_wait_takes_no_time()
    {
        var played = Waiting(cost: 0.02m, tokens: 20);
        Assert.Equal((0.03m, 30), (played.State.Cost, played.State.Tokens));
        var worked = played.State.WorkedMs;
        played.Step = TimeSpan.FromDays(1);
        var ask = played.State.Ask!.Value;

        played.Do(new EpisodeEvent.CallsDecided(ask));
        Assert.Equal(worked, played.State.WorkedMs);
        played.Do(new EpisodeEvent.StepDone(ask, "reviewer", EpisodeScenarios.PlayerOf("reviewer"), "Fine.", "approve", null, 0.05m, 45));

        Assert.Equal((0.06m, 55), (played.State.Cost, played.State.Tokens));
    }

    [Fact]
    public void Whoever_takes_the_role_is_asked_anew()
    {
        var played = Waiting();
        var ask = played.State.Ask;

        played.Do(new EpisodeEvent.Swapped(default, "reviewer", new CastMember(EpisodeScenarios.PlayerOf("heir"), IsPerson: false)));

        Assert.Equal(EpisodePhase.Asking, played.State.Phase);
        Assert.NotEqual(ask, played.State.Ask);
        Assert.Equal(EventRefusals.Stale, played.Try(new EpisodeEvent.CallsDecided(ask!.Value)));
    }

    [Fact]
    public void A_deadline_takes_what_is_taken_when_nothing_else_is()
    {
        var played = Waiting();
        Assert.Equal(EventRefusals.Stale, played.Try(new EpisodeEvent.TimedOut()));
        played.Step = TimeSpan.FromDays(30);

        played.Do(new EpisodeEvent.TimedOut());

        Assert.Equal("poor", played.State.Position.Current);
    }

    [Fact]
    public void A_pause_keeps_it_and_a_fork_asks_anew()
    {
        var paused = Waiting().Do(new EpisodeEvent.Paused(default, null));
        Assert.Equal(EpisodeWait.Paused, paused.State.Wait);
        Assert.Equal(EpisodePhase.Deciding, paused.Do(new EpisodeEvent.Resumed(default, null)).State.Phase);

        var fork = Waiting();
        var ask = fork.State.Ask;
        fork.Do(new EpisodeEvent.Forked(default, default));
        Assert.Equal((EpisodePhase.Asking, EpisodeWait.Paused, null), (fork.State.Phase, fork.State.Wait, fork.State.Ask));
        fork.Do(new EpisodeEvent.Resumed(default, null));
        Assert.NotEqual(ask, fork.State.Ask);
        Assert.Single(fork.Effects.OfType<EpisodeEffect.Ask>());
    }

    [Fact]
    public void A_limit_that_is_raised_meanwhile_leaves_it_waiting()
    {
        var played = Waiting();

        played.Do(new EpisodeEvent.Resumed(default, new ScenarioLimits(Turns: 50)));

        Assert.Equal((EpisodePhase.Deciding, 50), (played.State.Phase, played.State.Limits.Turns));
    }

    /// <summary>A code review whose reviewer waits.</summary>
    private static PlayedMachine Waiting(decimal cost = 0.01m, long tokens = 10)
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start().Say("I changed it.");
        return played.Do(new EpisodeEvent.CallsAwaited(played.State.Ask!.Value, cost, tokens));
    }
}
