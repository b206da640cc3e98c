using System.Globalization;
using Microsoft.AspNetCore.Http;
using Republic.Web.Pages.Search;

namespace Republic.Tests.Unit.Pages.Search;

public sealed class SearchFilterTests
{
    private static readonly TimeZoneInfo Zagreb = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zagreb");

    [Fact]
    public void An_address_says_what_is_searched_for_and_is_written_again()
    {
        const string Minion = "019a0000-0000-7000-8000-000000000001";
        var query = $"?q=%22second%20disk%22&kind=message&minion={Minion}&from=2026-11-01&until=2026-11-30&cursor=a_b";

        var filter = Read(query);

        Assert.Equal(("\"second disk\"", "message", new Guid(Minion)), (filter.Words, filter.Kind, filter.Minion!.Value));
        Assert.Empty(filter.Unreadable);
        Assert.Equal($"/search{query}", filter.Address);
        Assert.Equal(filter.Address, Read(filter.Address["/search".Length..]).Address);
    }

    [Fact]
    public void Days_begin_where_the_person_is_and_the_last_one_counts_as_a_whole()
    {
        var query = Read("?q=disk&from=2026-11-01&until=2026-11-30").ToQuery(Zagreb, 20);

        Assert.Equal(At("2026-10-31T23:00:00Z"), query.From!.Value);
        Assert.Equal(At("2026-11-30T23:00:00Z"), query.Until!.Value);
        // The database takes moments in UTC alone.
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (query.From.Value.Offset, query.Until.Value.Offset));
    }

    [Theory]
    [InlineData("?q=disk&kind=unicorn&minion=ada&from=yesterday&until=30.11.2026", "kind minion from until")]
    [InlineData("?q=disk&from=0001-01-01&until=9999-12-31", "from until")]
    [InlineData("?q=disk&kind=&minion=&from=&until=", "")]
    public void What_cannot_be_read_is_left_out_and_named(string query, string names)
    {
        var filter = Read(query);

        Assert.Equal(names, string.Join(' ', filter.Unreadable));
        Assert.False(filter.IsNarrow);
        Assert.Equal("/search?q=disk", filter.Address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=")]
    [InlineData("?q=%20%00")]
    public void Without_words_nothing_is_searched_for(string query) => Assert.Null(Read(query).Words);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static SearchFilter Read(string query)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        return SearchFilter.Of(context.Request.Query);
    }
}
