using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;

namespace Republic.Tests.Unit.Chats;

public sealed class BranchWindowTests
{
    private static readonly MessageNode[] Nodes = [.. Enumerable.Range(0, 130).Select(_ => new MessageNode(NewId(), null, NewId()))];

    [Theory]
    [InlineData(null, null, 70)]
    [InlineData(null, 129, 70)]
    [InlineData(null, 70, 70)]
    [InlineData(null, 69, 49)]
    [InlineData(null, 30, 10)]
    [InlineData(null, 5, 0)]
    [InlineData(10, null, 10)]
    [InlineData(0, null, 0)]
    [InlineData(100, null, 100)]
    [InlineData(10, 5, 10)]
    public void It_begins_where_it_is_asked_to_or_holds_a_message_with_some_before_or_is_the_last_turns(
        int? from,
        int? through,
        int start
    ) => Assert.Equal(start, new BranchWindow(IdAt(from), IdAt(through)).StartIn(Nodes));

    [Fact]
    public void What_is_not_in_the_branch_means_the_last_turns() => Assert.Equal(70, new BranchWindow(NewId(), NewId()).StartIn(Nodes));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(60)]
    public void A_short_branch_is_shown_whole(int length) => Assert.Equal(0, BranchWindow.Last.StartIn(Nodes[..length]));

    private static Guid? IdAt(int? index) => index is { } at ? Nodes[at].Id : null;

    private static Guid NewId() => Guid.CreateVersion7();
}
