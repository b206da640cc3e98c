using Republic.Core.Search;

namespace Republic.Tests.Unit.Search;

public sealed class SearchCursorTests
{
    [Theory]
    [InlineData("message")]
    [InlineData("personal_model")]
    public void A_cursor_says_where_a_page_ended(string kind)
    {
        var cursor = new SearchCursor(kind, new DateTimeOffset(2026, 11, 30, 9, 41, 7, 123, TimeSpan.Zero), Guid.CreateVersion7());

        Assert.Equal(cursor, SearchCursor.Parse(cursor.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("message")]
    [InlineData("planet-8dd10-0190000000007000800000000000000a")]
    [InlineData("message-x-0190000000007000800000000000000a")]
    [InlineData("message--1-0190000000007000800000000000000a")]
    [InlineData("message-ffffffffffffffff-0190000000007000800000000000000a")]
    [InlineData("message-8dd10-none")]
    public void What_was_not_handed_out_is_none(string text) => Assert.Null(SearchCursor.Parse(text));

    [Fact]
    public void Pages_of_settings_have_ids_of_their_own_in_their_order() =>
        Assert.Equal(SettingPage.All, SettingPage.All.DistinctBy(page => page.Id).OrderByDescending(page => page.Id));
}
