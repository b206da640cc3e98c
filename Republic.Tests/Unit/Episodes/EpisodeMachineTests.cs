using System.Text.Json;
using Republic.Core.Episodes;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Tests.Unit.Episodes;

/// <summary>What the machine decides, event by event, without anybody who acts.</summary>
public sealed class EpisodeMachineTests
{
    [Fact]
    public void A_review_goes_round_until_it_is_approved()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start();
        Assert.Equal((EpisodePhase.Asking, "developer"), (played.State.Phase, played.State.Role));

        played.Say("I changed it.");
        Assert.Equal(("reviewer", StateRules.Decisions), (played.State.Role, played.Machine.LabelsOf(played.State)));
        played.Say("Not yet.", "changes");
        Assert.Equal(("explain", 2), (played.State.Position.Current, played.State.Position.Visits["explain"]));
        played.Say("Now?").Say("Yes.", "approve");

        Assert.Equal(
            (EpisodePhase.Over, EpisodeStatus.Completed, EpisodeEnd.Scenario, EndResult.Success, 4),
            (played.State.Phase, played.State.Status, played.State.EndedBy, played.State.Result, played.State.Turn)
        );
        Assert.Equal((0.04m, 40), (played.State.Cost, played.State.Tokens));
        Assert.Contains(played.Effects, effect => effect is EpisodeEffect.End { By: EpisodeEnd.Scenario });
        Assert.Equal("The episode is over.", played.Try(new EpisodeEvent.Stopped(Guid.Empty)));
    }

    [Fact]
    public void What_is_said_is_for_the_audience_of_its_state_and_whoever_said_it()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start().Say("I changed it.");
        Assert.Equal(["developer"], Published(played));

        played.Say("Not yet.", "changes");
        Assert.Equal(["developer", "reviewer"], Published(played));
    }

    [Fact]
    public void Without_an_approval_the_third_round_is_the_last()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start();
        for (var i = 0; i < 3; i++)
        {
            played.Say($"Try {i}").Say($"No {i}", "reject");
        }

        Assert.Equal((EpisodePhase.Over, EndResult.Failure), (played.State.Phase, played.State.Result));
    }

    [Theory]
    [InlineData("turn: order, rounds: 2,", "a b c a b c")]
    [InlineData("turn: once, rounds: 5,", "a b c")]
    [InlineData("", "a b c")]
    public void Roles_act_in_their_order(string state, string order)
    {
        var played = new PlayedMachine(EpisodeScenarios.Three(state)).Start();
        List<string> acted = [];
        while (played.State.Phase == EpisodePhase.Asking)
        {
            acted.Add(played.State.Role!);
            played.Say($"{acted.Count}");
        }

        Assert.Equal(order, string.Join(' ', acted));
        Assert.Equal(EpisodePhase.Over, played.State.Phase);
    }

    [Fact]
    public void Whoever_was_addressed_acts_next_and_otherwise_the_next_in_order()
    {
        var played = new PlayedMachine(EpisodeScenarios.Three("turn: addressed, rounds: 2,")).Start();

        played.Say("@c, what do you say? @nobody @a");
        Assert.Equal("c", played.State.Role);
        played.Say("Nothing to anybody.");
        Assert.Equal("a", played.State.Role);
        played.Say("I ask @B!");
        Assert.Equal("b", played.State.Role);
    }

    [Fact]
    public void A_moderator_names_who_acts_until_nobody_does()
    {
        var played = new PlayedMachine(EpisodeScenarios.Three("turn: moderator, rounds: 4,")).Start();
        Assert.Equal(["b", "c", "done"], played.Machine.LabelsOf(played.State));

        played.Say("First you.", "c");
        Assert.Equal(("c", 0), (played.State.Role, played.Machine.LabelsOf(played.State).Count));
        played.Say("Me.");
        Assert.Equal("a", played.State.Role);
        played.Say("Enough.", "done");

        Assert.Equal(EpisodePhase.Over, played.State.Phase);
    }

    [Fact]
    public void An_action_has_the_outcomes_that_conditions_after_it_compare_with()
    {
        var definition = EpisodeScenarios.Three(
            "",
            "[{to: over, when: 'outcome == \"found\" || outcome in [\"lost\", \"found\"]'}, {to: other, else: true}]"
        );
        var played = new PlayedMachine(definition).Start();

        Assert.Equal(["found", "lost"], played.Machine.LabelsOf(played.State));
        Assert.Equal(EndResult.Success, played.Say("x").Say("y").Say("z", "lost").State.Result);
    }

    [Theory]
    [InlineData("turn == 3 && round == 1 && cost < 0.05", true)]
    [InlineData("step.role == \"c\" && step.text.contains(\"three\") && step.action == \"talk\" && step.status == \"COMPLETED\"", true)]
    [InlineData("facts.colour == \"red\" && size(facts.list) == 2 && facts.number > 1.5", true)]
    [InlineData("minutes >= 0.05 && random < 0.5", true)]
    [InlineData("\"b\" in roles && visits.talk == 1 && visits.over == 0", true)]
    [InlineData("random > 0.5", false)]
    [InlineData("score > 0.5", true)]
    public void Conditions_read_what_has_happened(string condition, bool holds)
    {
        var more = "facts: {colour: {value: red}, list: {value: [1, 2]}, number: {value: 1.6}}";
        var played = new PlayedMachine(
            EpisodeScenarios.Three("", $"[{{to: over, when: '{condition}'}}, {{to: other, else: true}}]", more: more)
        )
        {
            Random = 0.25,
        };

        played.Start().Say("one").Say("two").Say("three", score: 0.75);

        Assert.Equal(holds ? EndResult.Success : EndResult.Failure, played.State.Result);
    }

    [Fact]
    public void A_condition_that_errs_is_false_and_the_entry_says_why()
    {
        var played = new PlayedMachine(EpisodeScenarios.Three("", "[{to: over, when: score > 0.5}, {to: other, else: true}]")).Start();
        played.Say("one").Say("two").Say("three");

        Assert.Equal(EndResult.Failure, played.State.Result);
        Assert.Contains(played.Effects, effect => effect is EpisodeEffect.ConditionErred { Index: 0, Error: "score is unknown" });
    }

    [Fact]
    public void A_person_is_waited_for_and_after_the_deadline_only_else_leads_on()
    {
        var yaml = EpisodeScenarios.CodeReview.Replace(
            "prompts: [\"Approve",
            "timeout_hours: 2\n    prompts: [\"Approve",
            StringComparison.Ordinal
        );
        var played = new PlayedMachine(yaml).Start("reviewer").Say("I changed it.");
        Assert.Equal((EpisodeWait.Person, "reviewer"), (played.State.Wait, played.State.Role));
        Assert.Equal(TimeSpan.FromHours(2), played.State.Until - played.State.At);
        Assert.Equal("The outcome of this step is one of: approve, reject, changes.", Act(played, "Fine", null));
        Assert.NotNull(played.Try(new EpisodeEvent.TimedOut()));

        played.Step = TimeSpan.FromHours(3);
        played.Do(new EpisodeEvent.TimedOut());

        Assert.Equal((EpisodePhase.Over, EndResult.Failure), (played.State.Phase, played.State.Result));
    }

    [Fact]
    public void Without_else_a_person_who_never_answers_leaves_it_stuck_and_approves_nothing()
    {
        var played = new PlayedMachine(EpisodeScenarios.Three("", "[{to: over, manual: Go on}]")).Start("a");
        played.Step = TimeSpan.FromHours(80);

        played.Do(new EpisodeEvent.TimedOut());
        Assert.Equal(EpisodeWait.Stuck, played.State.Wait);
        played.Do(new EpisodeEvent.Resumed(Guid.Empty, null));

        Assert.Equal((EpisodeWait.Person, "a"), (played.State.Wait, played.State.Role));
    }

    [Fact]
    public void Nobody_acts_in_a_role_that_is_not_theirs_and_not_out_of_turn()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start("reviewer");
        Assert.Equal("It is not the turn of “reviewer”.", Act(played, "Fine", "approve"));
        played.Say("I changed it.");

        var stranger = new EpisodeEvent.PersonActed("reviewer", Guid.CreateVersion7(), "Fine", "approve", null);
        Assert.Equal("It is not the turn of “reviewer”.", played.Try(stranger));
        Assert.Null(Act(played, "Fine", "approve"));
    }

    [Fact]
    public void Somebody_chooses_among_what_is_for_people()
    {
        var played = new PlayedMachine(
            EpisodeScenarios.Three("", "[{to: talk, when: turn > 99}, {to: over, manual: Good}, {to: other, manual: Bad}]")
        ).Start();
        played.Say("1").Say("2").Say("3");
        Assert.Equal((EpisodeWait.Choice, 2), (played.State.Wait, played.Machine.ChoicesOf(played.State).Count));
        Assert.NotNull(played.Try(new EpisodeEvent.Chosen(0, Guid.Empty)));

        played.Do(new EpisodeEvent.Chosen(2, Guid.Empty));

        Assert.Equal(EndResult.Failure, played.State.Result);
    }

    [Fact]
    public void The_director_answers_questions_and_with_none_else_is_taken()
    {
        var yaml = EpisodeScenarios.Three("", "[{to: over, ask: Are they done?}, {to: other, else: true}]", roles: ", d: {director: true}");
        var yes = new PlayedMachine(yaml).Start().Say("1").Say("2").Say("3");
        Assert.Equal((EpisodePhase.Judging, null), (yes.State.Phase, yes.State.Wait));
        var asked = Assert.Single(yes.Effects.OfType<EpisodeEffect.AskDirector>());
        Assert.Equal("d", asked.Role);
        Assert.Equal([0], asked.Indexes);
        Assert.Equal(EventRefusals.Stale, yes.Try(new EpisodeEvent.Judged(yes.State.Ask!.Value + 1, 0, 0, 0)));
        Assert.Equal(EventRefusals.Stale, yes.Try(new EpisodeEvent.Judged(yes.State.Ask!.Value, 1, 0, 0)));
        Assert.Equal(EndResult.Success, yes.Do(new EpisodeEvent.Judged(yes.State.Ask!.Value, 0, 0.1m, 5)).State.Result);

        var none = new PlayedMachine(yaml).Start().Say("1").Say("2").Say("3");
        Assert.Equal(EndResult.Failure, none.Do(new EpisodeEvent.Judged(none.State.Ask!.Value, null, 0, 0)).State.Result);

        var person = new PlayedMachine(yaml).Start("d").Say("1").Say("2").Say("3");
        Assert.Equal((EpisodeWait.Choice, 2), (person.State.Wait, person.Machine.ChoicesOf(person.State).Count));
    }

    [Fact]
    public void Where_nothing_leads_on_somebody_decides()
    {
        var played = new PlayedMachine(EpisodeScenarios.Three("", "[{to: over, when: turn > 3, max_visits: 1}]")).Start();
        played.Say("1").Say("2").Say("3");
        Assert.Equal((EpisodeWait.Stuck, 1), (played.State.Wait, played.Machine.ChoicesOf(played.State).Count));

        Assert.Equal(EndResult.Success, played.Do(new EpisodeEvent.Chosen(0, Guid.Empty)).State.Result);
    }

    private static IEnumerable<string> Published(PlayedMachine played) =>
        Assert.Single(played.Effects.OfType<EpisodeEffect.Publish>()).Audience;

    private static string? Act(PlayedMachine played, string text, string? label) =>
        played.Try(new EpisodeEvent.PersonActed("reviewer", EpisodeScenarios.PlayerOf("reviewer"), text, label, null));
}
