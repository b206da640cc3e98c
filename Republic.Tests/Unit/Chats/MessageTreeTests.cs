using Republic.Core.Chats.Messages;

namespace Republic.Tests.Unit.Chats;

public sealed class MessageTreeTests
{
    // q1 ─ a1
    //    └ a2 ─ q2 ─ a3
    //         └ q3 ─ a4
    private static readonly Guid Author = Guid.CreateVersion7();
    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 7).Select(_ => Guid.CreateVersion7())];
    private static readonly MessageNode Q1 = Node(0, null);
    private static readonly MessageNode A1 = Node(1, 0);
    private static readonly MessageNode A2 = Node(2, 0);
    private static readonly MessageNode Q2 = Node(3, 2);
    private static readonly MessageNode A3 = Node(4, 3);
    private static readonly MessageNode Q3 = Node(5, 2);
    private static readonly MessageNode A4 = Node(6, 5);
    private readonly MessageTree tree = new([Q1, A1, A2, Q2, A3, Q3, A4]);

    [Fact]
    public void A_branch_runs_from_the_first_message_to_its_leaf()
    {
        Assert.Equal([Q1, A2, Q2, A3], tree.BranchTo(A3.Id));
        Assert.Equal([Q1, A1], tree.BranchTo(A1.Id));
        Assert.Empty(tree.BranchTo(null));
        Assert.Empty(tree.BranchTo(Guid.CreateVersion7()));
    }

    [Fact]
    public void Siblings_are_what_was_said_in_the_same_place_in_order()
    {
        Assert.Equal([A1.Id, A2.Id], tree.Siblings(A2.Id));
        Assert.Equal([Q2.Id, Q3.Id], tree.Siblings(Q2.Id));
        Assert.Equal([Q1.Id], tree.Siblings(Q1.Id));
        Assert.Empty(tree.Siblings(Guid.CreateVersion7()));
    }

    [Fact]
    public void Going_to_a_message_shows_the_newest_turns_below_it()
    {
        Assert.Equal(A4.Id, tree.LeafUnder(Q1.Id));
        Assert.Equal(A3.Id, tree.LeafUnder(Q2.Id));
        Assert.Equal(A1.Id, tree.LeafUnder(A1.Id));
    }

    [Fact]
    public void A_ring_ends()
    {
        var ring = new MessageTree([new(Ids[0], Ids[1], Author), new(Ids[1], Ids[0], Author)]);
        Assert.Equal(2, ring.BranchTo(Ids[0]).Count);
        Assert.Contains(ring.LeafUnder(Ids[0]), Ids);
    }

    private static MessageNode Node(int id, int? parent) => new(Ids[id], parent is { } p ? Ids[p] : null, Author);
}
