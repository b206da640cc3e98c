using Republic.Core.Chats.Conversations;
using Republic.Web.Api;

namespace Republic.Tests.Unit.Http;

public sealed class CursorTests
{
    [Fact]
    public void A_cursor_that_was_handed_out_is_read_again()
    {
        var id = Guid.CreateVersion7();
        var talk = new ConversationCursor(DateTimeOffset.UnixEpoch.AddYears(56), id);

        Assert.Equal(id, Cursor.ReadId(Cursor.Of(id), null, 100).Value.From);
        Assert.Equal(7, Cursor.ReadNumber(Cursor.Of(7), null, 100).Value.From);
        Assert.Equal(talk, Cursor.ReadConversation(talk.ToString(), null, 100).Value.From);
        Assert.Null(Cursor.ReadId(null, null, 100).Value.From);
        Assert.Null(Cursor.ReadNumber(null, null, 100).Value.From);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("7.0")]
    [InlineData("99999999999")]
    [InlineData("019ac0de-0000-7000-8000-000000000000")]
    public void Any_other_is_refused_in_the_same_words(string made)
    {
        foreach (
            var failure in new[]
            {
                Cursor.ReadId(made, null, 100).Failure,
                Cursor.ReadNumber(made, null, 100).Failure,
                Cursor.ReadConversation(made, null, 100).Failure,
            }
        )
        {
            Assert.Equal("This is not a cursor that was handed out. Begin without one.", failure!.Message);
            Assert.Equal("cursor", Assert.Single(failure.Fields).Field);
        }
    }

    [Theory]
    [InlineData(null, 50)]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(20, 20)]
    [InlineData(1000, 200)]
    public void A_page_has_at_least_one_entry_and_no_more_than_a_list_allows(int? limit, int expected) =>
        Assert.Equal(expected, Cursor.ReadId(null, limit, 200).Value.Limit);

    [Fact]
    public void Only_a_full_page_leads_to_another()
    {
        var page = new PageRequest<long?>(2, null);

        Assert.Equal("4", page.Next<long>([3, 4], Cursor.Of));
        Assert.Null(page.Next<long>([3], Cursor.Of));
        Assert.Null(page.Next<long>([], Cursor.Of));
    }
}
