using Republic.Core;
using Republic.Core.Leaving;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Account;

/// <summary>What goes with an account and what stays, a line each, as its person and superusers read it.</summary>
internal static class LeavingWords
{
    public static IReadOnlyList<string> Goes(PersonBelongings all)
    {
        var guests = Figures.Count(all.Guests, "person, who loses", "people, who lose");
        return
        [
            .. Lines(
                (all.Minions, "minion, with its versions and weights", "minions, with their versions and weights"),
                (all.Chats, "chat", "chats"),
                (all.Tasks, "task", "tasks"),
                (all.SharedTasks, $"of them is shared with {guests} it", $"of them are shared with {guests} them"),
                (all.Scenarios, "scenario", "scenarios"),
                (all.Episodes, "episode, with all of its timelines", "episodes, with all of their timelines"),
                (all.Datasets, "dataset", "datasets"),
                (all.Documents, "document", "documents"),
                (all.Memories, "memory", "memories"),
                (all.Models, "personal model", "personal models"),
                (all.Runs, "training run", "training runs"),
                (all.Keys, "stored key of a provider", "stored keys of providers")
            ),
            $"{ByteSize.Of(all.Bytes)} on the disk",
        ];
    }

    public static IReadOnlyList<string> Stays(PersonBelongings all) =>
        [
            .. Lines(
                (
                    all.Comments,
                    "comment on a task of somebody else, as of a former member",
                    "comments on tasks of others, as of a former member"
                ),
                (all.Files, "file in a task of somebody else, as its owner’s", "files in tasks of others, as their owners’"),
                (
                    all.PlayedEpisodes,
                    "episode of somebody else, with what was said in it, without the name",
                    "episodes of others, with what was said in them, without the name"
                ),
                (
                    all.Judgements,
                    "judgement of work of somebody else, with the title of what was done",
                    "judgements of work of others, with the titles of what was done"
                )
            ),
            "The audit log, in which nothing is ever changed, and backups that were made before",
        ];

    private static IEnumerable<string> Lines(params (int Count, string One, string More)[] all) =>
        all.Where(one => one.Count > 0).Select(one => Figures.Count(one.Count, one.One, one.More));
}
