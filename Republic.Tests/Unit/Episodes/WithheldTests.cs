using Republic.Core.Episodes;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Episodes.Reading;

namespace Republic.Tests.Unit.Episodes;

/// <summary>What is left out for those who do not see all, because it would tell what was said or decided.</summary>
public sealed class WithheldTests
{
    private static readonly EntryData[] Decided =
    [
        new(
            new EpisodeEvent.Judged(Ask: 2, Index: 1, Cost: 0, Tokens: 0) { Seq = 3 },
            [new EpisodeEffect.ConditionErred("explain", 0, "No such name."), new EpisodeEffect.Enter("explain", 1, "review")]
        ),
        new(new EpisodeEvent.Chosen(Index: 0, By: Guid.Empty) { Seq = 4 }, [new EpisodeEffect.Enter("review", 0, "good")]),
    ];

    [Fact]
    public void Which_transition_was_taken_is_for_those_who_see_all()
    {
        Assert.Equal(
            """
            3. The director chose transition 2; on to review; the condition of transition 1 of explain counted as false
            4. Transition 1 was chosen by a person; on to good
            """,
            RedactedJournal.Of(Decided, seesAll: true)
        );
        Assert.Equal(
            """
            3. The director decided; on to review
            4. A transition was chosen by a person; on to good
            """,
            RedactedJournal.Of(Decided, seesAll: false)
        );
    }

    [Fact]
    public void Words_that_are_hidden_are_not_compared()
    {
        var said = Step("Yes.");

        Assert.True(Same(said, said with { Id = Guid.CreateVersion7() }));
        Assert.False(Same(said, Step("No.") with { UserId = said.UserId }));
        Assert.False(Same(said.Hide(), (said with { Id = Guid.CreateVersion7() }).Hide()));
        // One that both share is the same, whatever it says.
        Assert.True(Same(said.Hide(), said.Hide()));
    }

    private static bool Same(StepCard one, StepCard other) => Assert.Single(TimelineDifference.Of([one], [other])).Same;

    private static StepCard Step(string text) =>
        new(
            Guid.CreateVersion7(),
            Seq: 1,
            State: "explain",
            StateId: null,
            Role: "developer",
            UserId: Guid.CreateVersion7(),
            Name: "Ada",
            Action: "explain",
            text,
            Outcome: null,
            Score: null,
            StepStatus.Completed,
            Audience: ["developer"],
            Hidden: false,
            Receipt: null,
            Error: null,
            DateTimeOffset.UnixEpoch,
            EndedAt: null
        );
}
