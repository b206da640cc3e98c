using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Republic.Web.Pages.Shared;

/// <summary><c>&lt;empty heading="No minions yet"&gt;what the thing is, and the first step&lt;/empty&gt;</c>.</summary>
[HtmlTargetElement("empty")]
public sealed class EmptyTagHelper(IHtmlHelper html) : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public required string Heading { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ((IViewContextAware)html).Contextualize(ViewContext);
        var own = output.Attributes["class"]?.Value?.ToString();
        output.TagName = "section";
        output.Attributes.SetAttribute("class", own is null ? "empty" : $"empty {own}");
        var heading = new TagBuilder("h2");
        heading.InnerHtml.Append(Heading);
        output.PreContent.AppendHtml(await html.PartialAsync("_Hall", Hall.Small())).AppendHtml(heading);
    }
}
