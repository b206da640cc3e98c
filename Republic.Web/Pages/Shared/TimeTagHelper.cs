using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Republic.Web.Pages.Shared;

/// <summary><c>&lt;time at="@moment" /&gt;</c>: a moment in the time zone of the browser, in full where it is pointed at.</summary>
[HtmlTargetElement("time", Attributes = "at")]
public sealed class TimeTagHelper : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public DateTimeOffset At { get; set; }

    public TimeFormat As { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var time = LocalTime.Of(ViewContext.HttpContext);
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", time.Full(At));
        output.Content.SetContent(
            As switch
            {
                TimeFormat.Zoned => time.Zoned(At),
                TimeFormat.Ago => time.Ago(At),
                TimeFormat.Clock => time.Clock(At),
                _ => time.Moment(At),
            }
        );
    }
}
