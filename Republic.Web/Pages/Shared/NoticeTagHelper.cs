using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Republic.Web.Pages.Shared;

/// <summary><c>&lt;notice tone="bad"&gt;what happened, what it means, one way on&lt;/notice&gt;</c>.</summary>
[HtmlTargetElement("notice")]
public sealed class NoticeTagHelper : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary><c>good</c>, <c>warn</c>, <c>bad</c>, or nothing for plain information.</summary>
    public string? Tone { get; set; }

    public string? Icon { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "notice");
        if (Tone is not null)
        {
            output.Attributes.SetAttribute("data-tone", Tone);
        }

        if (Tone == "bad")
        {
            output.Attributes.SetAttribute("role", "alert");
        }

        var icon =
            Icon
            ?? Tone switch
            {
                "good" => "check_circle",
                "warn" => "warning",
                "bad" => "error",
                _ => "info",
            };
        output.PreContent.SetHtmlContent(IconTagHelper.Svg(ViewContext.HttpContext, icon) + "<div>");
        output.PostContent.SetHtmlContent("</div>");
    }
}
