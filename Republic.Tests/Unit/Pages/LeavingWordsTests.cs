using Republic.Core.Leaving;
using Republic.Web.Pages.Account;

namespace Republic.Tests.Unit.Pages;

public sealed class LeavingWordsTests
{
    private const string Always = "The audit log, in which nothing is ever changed, and backups that were made before";
    private static readonly PersonBelongings Nothing = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    [Fact]
    public void Of_what_there_is_none_nothing_is_said()
    {
        Assert.Equal(["0 bytes on the disk"], LeavingWords.Goes(Nothing));
        Assert.Equal([Always], LeavingWords.Stays(Nothing));
    }

    [Fact]
    public void One_and_more_are_worded_and_those_are_counted_who_lose_a_task()
    {
        var some = Nothing with { Minions = 1, Chats = 1204, Tasks = 3, SharedTasks = 2, Guests = 1, Bytes = 2048 };

        Assert.Equal(
            [
                "1 minion, with its versions and weights",
                "1,204 chats",
                "3 tasks",
                "2 of them are shared with 1 person, who loses them",
                "2 kB on the disk",
            ],
            LeavingWords.Goes(some)
        );
        Assert.Contains("1 of them is shared with 4 people, who lose it", LeavingWords.Goes(some with { SharedTasks = 1, Guests = 4 }));
    }

    [Fact]
    public void What_stays_with_others_is_named()
    {
        var stays = LeavingWords.Stays(Nothing with { Comments = 2, Files = 1, PlayedEpisodes = 1, Judgements = 3 });

        Assert.Equal(
            [
                "2 comments on tasks of others, as of a former member",
                "1 file in a task of somebody else, as its owner’s",
                "1 episode of somebody else, with what was said in it, without the name",
                "3 judgements of work of others, with the titles of what was done",
                Always,
            ],
            stays
        );
    }
}
