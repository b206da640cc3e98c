using Republic.Core.Answering.Turns;
using Republic.Core.Archives.Importing.Parts;
using Republic.Core.Archives.Records;

namespace Republic.Tests.Unit.Archives;

public sealed class ChatTreeTests
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7())];

    [Fact]
    public void Branches_are_kept_in_their_order()
    {
        var tree = ChatTree.Of([Said(0), Said(1, 0), Said(2, 0)]);

        Assert.Equal(Ids[..3], tree.Value!.Select(message => message.Id));
    }

    [Fact]
    public void A_message_that_stands_before_the_one_that_it_is_below_is_put_after_it()
    {
        var tree = ChatTree.Of([Said(0), Said(3, 1), Said(1, 2) with { ReplyToId = Ids[2] }, Said(2, 0)]);

        Assert.Equal([Ids[0], Ids[2], Ids[1], Ids[3]], tree.Value!.Select(message => message.Id));
        Assert.Equal(Ids[2], tree.Value![2].ReplyToId);
    }

    [Fact]
    public void A_message_below_none_that_is_there_or_below_itself_is_refused()
    {
        Assert.False(ChatTree.Of([Said(0), Said(1, 2)]).Ok);
        Assert.False(ChatTree.Of([Said(0), Said(1, 2), Said(2, 1)]).Ok);
        Assert.False(ChatTree.Of([Said(0, 0)]).Ok);
    }

    [Fact]
    public void A_message_that_is_there_twice_is_refused() => Assert.False(ChatTree.Of([Said(0), Said(0)]).Ok);

    [Fact]
    public void A_message_of_the_person_keeps_to_the_rules_of_messages() =>
        Assert.False(ChatTree.Of([Said(0) with { Content = new string('x', 100_001) }]).Ok);

    [Fact]
    public void What_the_database_cannot_keep_is_taken_out_and_what_is_replied_to_and_missing_is_left_out()
    {
        var kept = ChatTree.Of([
            Said(0) with
            {
                Content = "a\0b",
            },
            Said(1, 0) with
            {
                ByMinion = true,
                Content = "c\0d",
                ReplyToId = Ids[3],
            },
        ]);

        Assert.Equal(["ab", "cd"], kept.Value!.Select(message => message.Content));
        Assert.Null(kept.Value![1].ReplyToId);
    }

    private static ArchivedMessage Said(int number, int? below = null) =>
        new(Ids[number], ByMinion: false, $"Message {number}", TurnState.Complete) { ParentId = below is { } parent ? Ids[parent] : null };
}
