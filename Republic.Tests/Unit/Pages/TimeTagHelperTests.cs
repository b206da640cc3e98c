using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;
using Republic.Tests.World;
using Republic.Web.Pages.Shared;

namespace Republic.Tests.Unit.Pages;

public sealed class TimeTagHelperTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 3, 41, 7, TimeSpan.Zero);

    [Theory]
    [InlineData("zone=Asia/Tokyo", TimeFormat.Moment, "12:41", "Friday 20 November 2026, 12:41, Asia/Tokyo (UTC+09:00)")]
    [InlineData("zone=Asia/Tokyo", TimeFormat.Zoned, "12:41 Asia/Tokyo", "Friday 20 November 2026, 12:41, Asia/Tokyo (UTC+09:00)")]
    [InlineData("", TimeFormat.Zoned, "03:41 UTC", "Friday 20 November 2026, 03:41 UTC")]
    [InlineData("zone=Asia/Tokyo", TimeFormat.Clock, "12:41:07", "Friday 20 November 2026, 12:41, Asia/Tokyo (UTC+09:00)")]
    [InlineData("zone=Asia/Tokyo", TimeFormat.Ago, "12:41", "Friday 20 November 2026, 12:41, Asia/Tokyo (UTC+09:00)")]
    [InlineData("zone=/dev/zero", TimeFormat.Moment, "03:41 UTC", "Friday 20 November 2026, 03:41 UTC")]
    [InlineData("", TimeFormat.Moment, "03:41 UTC", "Friday 20 November 2026, 03:41 UTC")]
    public void A_time_is_short_and_tells_in_full_when_it_was(string cookie, TimeFormat format, string text, string title)
    {
        var output = Render(cookie, format);

        Assert.Equal(("time", TagMode.StartTagAndEndTag), (output.TagName, output.TagMode));
        Assert.Equal("2026-11-20T03:41:07.0000000Z", output.Attributes["datetime"].Value);
        Assert.Equal(title, output.Attributes["title"].Value);
        Assert.Equal("nowrap", output.Attributes["class"].Value);
        Assert.Equal(text, output.Content.GetContent());
    }

    private static TagHelperOutput Render(string cookie, TimeFormat format)
    {
        // Its clock is at noon of that day.
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new Clock()).BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.Headers.Cookie = cookie;
        var helper = new TimeTagHelper
        {
            ViewContext = new ViewContext { HttpContext = http },
            At = At,
            As = format,
        };
        var output = new TagHelperOutput(
            "time",
            [new TagHelperAttribute("class", "nowrap")],
            (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent())
        );
        helper.Process(new TagHelperContext([], new Dictionary<object, object>(), "1"), output);
        return output;
    }
}
