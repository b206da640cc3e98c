using Microsoft.AspNetCore.Http;
using Republic.Web.Pages.Shared;

namespace Republic.Tests.Unit.Pages;

public sealed class BrowserZoneTests
{
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
