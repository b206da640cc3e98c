using Republic.Core.Interactions.Lineage;
using Republic.Web.Pages.Training.Interactions;

namespace Republic.Tests.Unit.Interactions;

public sealed class TaintWordsTests
{
    private static readonly VersionSource.Chat Deleted = new(Guid.CreateVersion7(), null, 25, Exists: false, Teaches: false);
    private static readonly VersionSource.Chat Withdrawn = new(Guid.CreateVersion7(), null, 1, Exists: true, Teaches: false);
    private static readonly VersionSource.Chat Teaching = new(Guid.CreateVersion7(), null, 74, Exists: true, Teaches: true);

    [Fact]
    public void A_chat_that_was_deleted_is_not_said_to_be_taken_back()
    {
        Assert.Equal("learned 25 pairs of a chat that was deleted", Learned(Deleted, Teaching));
        Assert.Equal("learned 1 pair of a chat that was taken back", Learned(Withdrawn, Teaching));
        Assert.Equal("learned 26 pairs of 2 chats that were deleted or taken back", Learned(Deleted, Withdrawn));
        Assert.Equal("learned from memories that were forgotten", Learned(Teaching));
    }

    private static string Learned(params IReadOnlyList<VersionSource.Chat> chats) =>
        TaintWords.Learned(new VersionSource(1, chats.Sum(chat => chat.Pairs), 0, chats));
}
