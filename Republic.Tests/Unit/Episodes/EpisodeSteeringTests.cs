using System.Text.Json;
using Republic.Core.Episodes;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Tests.Unit.Episodes;

/// <summary>What the machine makes of failures, limits, pauses and of whoever steps in from outside.</summary>
public sealed class EpisodeSteeringTests
{
    [Fact]
    public void A_step_that_fails_is_tried_again_when_somebody_says_so_and_the_third_time_is_the_last()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start();
        for (var i = 0; i < 2; i++)
        {
            Fail(played);
            Assert.Equal((EpisodeWait.Stuck, "Away"), (played.State.Wait, played.State.Why));
            Assert.Equal(EventRefusals.Stale, played.Try(new EpisodeEvent.StepDone(1, "developer", default, "late", null, null, 0, 0)));
            played.Do(new EpisodeEvent.Resumed(Guid.Empty, null));
            Assert.Equal((EpisodePhase.Asking, "developer"), (played.State.Phase, played.State.Role));
        }

        Fail(played);
        Assert.Equal((EpisodeStatus.Terminated, EpisodeEnd.Failures), (played.State.Status, played.State.EndedBy));
    }

    [Fact]
    public void What_nobody_tried_is_no_failure_and_whoever_takes_over_has_not_failed_yet()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start();
        for (var i = 0; i < 4; i++)
        {
            played.Do(new EpisodeEvent.StepFailed(played.State.Ask!.Value, "Left alone", 0, 0) { IsUntried = true });
            Assert.Equal((EpisodeWait.Stuck, 0), (played.State.Wait, played.State.Failures));
            played.Do(new EpisodeEvent.Resumed(Guid.Empty, null));
        }

        Fail(played);
        played.Do(new EpisodeEvent.Swapped(Guid.Empty, "developer", new CastMember(Guid.CreateVersion7(), IsPerson: false)));
        Assert.Equal((EpisodePhase.Asking, 0), (played.State.Phase, played.State.Failures));
    }

    [Fact]
    public void Nobody_adds_from_outside_to_a_journal_that_is_as_long_as_it_may_be()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start();
        var full = new EpisodeEvent.Injected(Guid.Empty, "x", null, null, ["developer"]) { Seq = EpisodeRules.MostEntries + 1 };
        Assert.Contains("as many as are kept", played.Machine.Next(played.State, full).Refusal, StringComparison.Ordinal);
        Assert.Null(played.Machine.Next(played.State, full with { Seq = EpisodeRules.MostEntries }).Refusal);
        Assert.Null(played.Machine.Next(played.State, new EpisodeEvent.Stopped(Guid.Empty) { Seq = full.Seq }).Refusal);
    }

    [Fact]
    public void A_step_that_is_done_forgives_those_that_failed()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start();
        Fail(played);
        played.Do(new EpisodeEvent.Resumed(Guid.Empty, null)).Say("I changed it.");

        Assert.Equal(0, played.State.Failures);
    }

    [Fact]
    public void The_same_three_times_is_stuck_and_goes_on_when_somebody_says_so()
    {
        var played = new PlayedMachine(EpisodeScenarios.Three("turn: order, rounds: 4,")).Start();
        for (var i = 0; i < 3; i++)
        {
            if (i > 0)
            {
                played.Say($"b{i}").Say($"c{i}");
            }

            played.Say("same");
        }

        Assert.Equal(EpisodeWait.Stuck, played.State.Wait);
        played.Do(new EpisodeEvent.Resumed(Guid.Empty, null));
        Assert.Equal((EpisodePhase.Asking, "b"), (played.State.Phase, played.State.Role));
    }

    [Theory]
    [InlineData("{turns: 2}", LimitKind.Turns)]
    [InlineData("{minutes: 1}", LimitKind.Minutes)]
    [InlineData("{cost: 0.02}", LimitKind.Cost)]
    [InlineData("{tokens: 20}", LimitKind.Tokens)]
    public void At_a_limit_it_waits_until_that_is_raised(string limits, LimitKind kind)
    {
        var played = new PlayedMachine(EpisodeScenarios.Three("", more: $"limits: {limits}")) { Step = TimeSpan.FromSeconds(30) };
        played.Start().Say("1").Say("2");
        Assert.Equal((EpisodeWait.Limit, kind, "c"), (played.State.Wait, played.State.Limit, played.State.Role));
        Assert.Contains("Raise it", played.Try(new EpisodeEvent.Resumed(Guid.Empty, null)));

        played.Do(new EpisodeEvent.Resumed(Guid.Empty, new ScenarioLimits(50, 50, 50, 50)));

        Assert.Equal((EpisodePhase.Asking, "c", null), (played.State.Phase, played.State.Role, played.State.Limit));
    }

    [Fact]
    public void A_call_that_could_pass_a_limit_waits_before_it_is_made()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start();
        played.Do(new EpisodeEvent.LimitReached(played.State.Ask!.Value, LimitKind.Cost));
        Assert.Equal(EpisodeWait.Limit, played.State.Wait);
        played.Do(new EpisodeEvent.Resumed(Guid.Empty, new ScenarioLimits(Cost: 5)));

        Assert.Equal((EpisodePhase.Asking, 5m), (played.State.Phase, played.State.Limits.Cost));
    }

    [Fact]
    public void Where_the_person_who_is_to_act_is_gone_it_waits_for_somebody_else()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start("reviewer").Say("I changed it.");
        var gone = new EpisodeEvent.Gone("reviewer", EpisodeScenarios.PlayerOf("reviewer"));
        Assert.Equal(EventRefusals.Stale, played.Try(gone with { Citizen = EpisodeScenarios.PlayerOf("developer") }));
        Assert.Equal(EventRefusals.Stale, played.Try(gone with { Role = "developer" }));

        played.Do(gone);

        Assert.Equal(EpisodeWait.Stuck, played.State.Wait);
        Assert.Equal("Whoever plays “Reviewer” is gone. Give the role to somebody else.", played.State.Why);
        Assert.Equal(EventRefusals.Stale, played.Try(gone));
        Assert.Contains("3. Whoever plays reviewer was gone", RedactedJournal.Of(played.Entries, seesAll: true), StringComparison.Ordinal);
        Assert.Equal(gone with { Seq = 3, At = played.State.At!.Value }, EntryData.Parse(played.Entries[^1].ToJson()).Event);
        played.Do(new EpisodeEvent.Swapped(Guid.Empty, "reviewer", new CastMember(EpisodeScenarios.PlayerOf("else"), IsPerson: true)));
        Assert.Equal((EpisodeWait.Person, "reviewer", null), (played.State.Wait, played.State.Role, played.State.Why));
    }

    [Fact]
    public void The_time_that_it_waits_counts_for_nothing()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview) { Step = TimeSpan.FromMinutes(10) };
        played.Start("reviewer").Say("I changed it.");
        Assert.Equal(10, played.State.Minutes, 3);
        played.Say("Not yet.", "changes");

        Assert.Equal(10, played.State.Minutes, 3);
    }

    [Fact]
    public void A_pause_lets_who_acts_finish_and_asks_nobody_after_that()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start();
        played.Do(new EpisodeEvent.Paused(Guid.Empty, null));
        Assert.Equal((EpisodeWait.Paused, 1), (played.State.Wait, played.State.Ask));
        Assert.Equal("The episode is paused already.", played.Try(new EpisodeEvent.Paused(Guid.Empty, null)));
        played.Say("I changed it.");
        Assert.Equal((EpisodeWait.Paused, null, "reviewer"), (played.State.Wait, played.State.Ask, played.State.Role));
        Assert.DoesNotContain(played.Effects, effect => effect is EpisodeEffect.Ask);

        played.Do(new EpisodeEvent.Resumed(Guid.Empty, null));
        Assert.Contains(played.Effects, effect => effect is EpisodeEffect.Ask { Role: "reviewer" });
        Assert.Equal("The episode is not paused.", played.Try(new EpisodeEvent.Resumed(Guid.Empty, null)));
    }

    [Fact]
    public void One_step_is_one_step()
    {
        var played = new PlayedMachine(EpisodeScenarios.Three("turn: order, rounds: 2,")).Start();
        played.Do(new EpisodeEvent.OneStep(Guid.Empty)).Say("1");
        Assert.Equal((EpisodeWait.Paused, "b"), (played.State.Wait, played.State.Role));
        played.Do(new EpisodeEvent.OneStep(Guid.Empty));
        Assert.Null(played.State.Wait);
        played.Say("2");

        Assert.Equal((EpisodeWait.Paused, 2), (played.State.Wait, played.State.Turn));
    }

    [Fact]
    public void Whoever_takes_over_a_role_is_asked_in_its_stead()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start();
        var before = played.State.Ask;
        var member = new CastMember(Guid.CreateVersion7(), IsPerson: false);
        played.Do(new EpisodeEvent.Swapped(Guid.Empty, "developer", member));
        Assert.NotEqual(before, played.State.Ask);
        Assert.Contains(played.Effects, effect => effect is EpisodeEffect.Ask { Role: "developer" } ask && ask.Citizen == member.Citizen);
        Assert.Equal(
            EventRefusals.Stale,
            played.Try(new EpisodeEvent.StepDone(before!.Value, "developer", default, "late", null, null, 0, 0))
        );

        played.Do(new EpisodeEvent.Swapped(Guid.Empty, "developer", member with { IsPerson = true }));
        Assert.Equal((EpisodeWait.Person, null), (played.State.Wait, played.State.Ask));
    }

    [Fact]
    public void A_role_that_nobody_plays_is_stuck_until_somebody_does()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview);
        played.Do(
            new EpisodeEvent.Started(
                System.Collections.Immutable.ImmutableSortedDictionary<string, CastMember>.Empty,
                new ScenarioLimits(),
                System.Collections.Immutable.ImmutableSortedDictionary<string, JsonElement>.Empty
            )
        );
        Assert.Equal((EpisodeWait.Stuck, "developer"), (played.State.Wait, played.State.Role));

        played.Do(new EpisodeEvent.Swapped(Guid.Empty, "developer", new CastMember(Guid.CreateVersion7(), false)));

        Assert.Equal(EpisodePhase.Asking, played.State.Phase);
    }

    [Fact]
    public void A_fact_from_outside_changes_what_conditions_read()
    {
        var yaml = EpisodeScenarios.Three(
            "",
            "[{to: over, when: facts.go == true}, {to: other, else: true}]",
            more: "facts: {go: {value: false}}"
        );
        var played = new PlayedMachine(yaml).Start().Say("1");
        Assert.Equal("There is no role “x”.", played.Try(new EpisodeEvent.Injected(Guid.Empty, "Hi", null, null, ["x"])));
        played.Do(new EpisodeEvent.Injected(Guid.Empty, null, "go", JsonElement.Parse("true"), ["b"]));
        Assert.Equal(["b"], Published(played));

        Assert.Equal(EndResult.Success, played.Say("2").Say("3").State.Result);
    }

    [Fact]
    public void Decisions_that_only_lead_to_each_other_end_in_a_question_and_not_in_a_hang()
    {
        const string Circle = """
            republic: scenario/1
            name: Circle
            roles: {a: {}}
            states:
              begin: {type: start, next: [{to: one}]}
              one: {type: decision, next: [{to: two, when: turn == 0}, {to: talk, else: true}]}
              two: {type: decision, next: [{to: one}]}
              talk: {type: action, roles: [a], prompts: [Talk.], next: [{to: over}]}
              over: {type: end}
            """;

        var played = new PlayedMachine(Circle).Start();

        Assert.Equal(EpisodeWait.Stuck, played.State.Wait);
    }

    [Fact]
    public void Other_words_take_the_place_of_a_step_and_may_lead_elsewhere()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start().Say("I changed it.");
        played.Do(new EpisodeEvent.Forked(Guid.Empty, Guid.Empty));
        Assert.Equal((EpisodeWait.Paused, null), (played.State.Wait, played.State.Ask));
        var words = new EpisodeEvent.PersonActed("reviewer", default, "Fine.", "reject", null) { InsteadOf = true, Edge = 0 };

        Assert.Equal(EndResult.Success, played.Do(words).State.Result);
    }

    private static IEnumerable<string> Published(PlayedMachine played) =>
        Assert.Single(played.Effects.OfType<EpisodeEffect.Publish>()).Audience;

    private static void Fail(PlayedMachine played) => played.Do(new EpisodeEvent.StepFailed(played.State.Ask!.Value, "Away", 0, 0));
}
