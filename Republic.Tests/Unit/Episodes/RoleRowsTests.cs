using Republic.Core.Episodes;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Episodes.Rows;

namespace Republic.Tests.Unit.Episodes;

/// <summary>Steps of a role as rows of training data.</summary>
public sealed class RoleRowsTests
{
    private static readonly Guid Owner = Guid.CreateVersion7();

    [Fact]
    public void Each_step_is_a_row_with_what_the_role_knew_when_it_was_asked()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start().Say("I changed it.").Say("Not yet. ⟦end⟧", "changes");
        // The minion was asked before.
        played.Do(new EpisodeEvent.Injected(Guid.Empty, "The release is today.", null, null, ["developer"]));
        played.Say("I closed the handle.").Say("Still open.", "changes").Say("Now it is closed.");

        var rows = Rows(played, "developer");

        const string First = "user: Explain your change.\nassistant: I changed it.";
        const string Second = $"{First}\nuser: Reviewer:\n  Not yet. [end]";
        Assert.Equal(
            [
                First,
                $"{Second}\n\nExplain your change.\nassistant: I closed the handle.",
                $"{Second}\n\nThe release is today.\n\nExplain your change.\nassistant: I closed the handle.\n"
                    + "user: Reviewer:\n  Still open.\n\nExplain your change.\nassistant: Now it is closed.",
            ],
            Texts(rows)
        );
        Assert.Equal((3, 0, false, null), (rows.Count, rows.TooLong, rows.HasWordsOfOthers, rows.Problem));
        Assert.StartsWith("user: Leak: Line 12 leaks a handle\n\nApprove", Texts(Rows(played, "reviewer"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_other_people_said_is_told_and_never_an_answer()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start("developer", "reviewer");
        played.Say("I changed it.").Say("Not yet.", "changes");
        var minion = Guid.CreateVersion7();
        played.Do(new EpisodeEvent.Swapped(Owner, "developer", new CastMember(minion, IsPerson: false)));
        played.Do(new EpisodeEvent.StepDone(played.State.Ask!.Value, "developer", minion, "I closed it.", null, null, 0, 0));

        var rows = Rows(played, "developer");

        Assert.Equal(
            ["user: Developer:\n  I changed it.\n\nReviewer:\n  Not yet.\n\nExplain your change.\nassistant: I closed it."],
            Texts(rows)
        );
        Assert.True(rows.HasWordsOfOthers);
        Assert.StartsWith("Other people played “Reviewer”", Rows(played, "reviewer").Problem, StringComparison.Ordinal);
        // Whoever began it and played that role has rows of it.
        Assert.Equal(1, RoleRows.Of(played.Machine.Definition, "reviewer", EpisodeScenarios.PlayerOf("reviewer"), Stored(played)).Count);
    }

    [Fact]
    public void A_row_that_would_be_too_long_is_left_out()
    {
        var played = new PlayedMachine(EpisodeScenarios.CodeReview).Start();
        played.Say(new string('a', 60_000)).Say("Shorter.", "changes").Say(new string('b', 60_000));

        var rows = Rows(played, "developer");

        Assert.Equal((1, 1, null), (rows.Count, rows.TooLong, rows.Problem));
        Assert.Equal("“Reviewer” has completed no step. Choose a role that acted.", Rows(Started(), "reviewer").Problem);
        Assert.StartsWith(
            "With what “Developer” knew before",
            Rows(Started().Say(new string('c', 100_000)), "developer").Problem,
            StringComparison.Ordinal
        );
    }

    private static PlayedMachine Started() => new PlayedMachine(EpisodeScenarios.CodeReview).Start();

    private static RoleRows Rows(PlayedMachine played, string role) => RoleRows.Of(played.Machine.Definition, role, Owner, Stored(played));

    private static List<string> Texts(RoleRows rows) =>
        [.. rows.Conversations.Select(row => string.Join('\n', row.Select(message => $"{message.Role}: {message.Content}")))];

    /// <summary>As the database gives it back.</summary>
    private static List<EntryData> Stored(PlayedMachine played) => [.. played.Entries.Select(entry => EntryData.Parse(entry.ToJson()))];
}
