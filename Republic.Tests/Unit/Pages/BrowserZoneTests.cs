using Microsoft.AspNetCore.Http;
using Republic.Web.Pages.Shared;

namespace Republic.Tests.Unit.Pages;

public sealed class BrowserZoneTests
{
    [Theory]
    [InlineData("Europe/Zagreb", "Europe/Zagreb")]
    [InlineData("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires")]
    [InlineData("America/Port-au-Prince", "America/Port-au-Prince")]
    [InlineData("Etc/GMT+5", "Etc/GMT+5")]
    [InlineData("UTC", "UTC")]
    public void A_zone_is_found_by_its_name(string name, string id) => Assert.Equal(id, BrowserZone.Find(name)?.Id);

    [Theory]
    [InlineData("Asia/Calcutta", 5.5)]
    [InlineData("Asia/Saigon", 7.0)]
    [InlineData("Europe/Kiev", 2.0)]
    public void A_zone_is_found_by_the_name_that_browsers_still_use(string name, double hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), BrowserZone.Find(name)?.BaseUtcOffset);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Europe")]
    [InlineData("Europe/Atlantis")]
    [InlineData("../../etc/passwd")]
    [InlineData("/dev/zero")]
    [InlineData("Europe/../Europe/Zagreb")]
    [InlineData("Europe//Zagreb")]
    [InlineData("Europe/Zagreb\n")]
    [InlineData("Europe/Zagreb ")]
    public void What_is_no_zone_is_not_looked_for(string? name) => Assert.Null(BrowserZone.Find(name));

    [Fact]
    public void A_name_without_end_is_no_zone() => Assert.Null(BrowserZone.Find(new string('a', 100_000)));

    [Theory]
    [InlineData("zone=Asia/Tokyo", "Asia/Tokyo")]
    [InlineData("theme=dark; zone=Etc/GMT+5", "Etc/GMT+5")]
    [InlineData("theme=dark", null)]
    public void It_is_what_the_cookie_says(string cookie, string? id)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = cookie;

        Assert.Equal(id, BrowserZone.Of(context.Request)?.Id);
    }
}
