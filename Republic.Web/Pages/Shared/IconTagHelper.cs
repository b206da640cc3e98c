using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Republic.Web.Pages.Shared;

/// <summary><c>&lt;icon name="add"/&gt;</c>: one symbol of the sprite, always beside the word it stands for.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public required string Name { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Svg(ViewContext.HttpContext, Name));
    }

    internal static string Svg(HttpContext context, string name)
    {
        var assets = context.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>();
        var sprite = assets is null ? "lib/icons.svg" : assets["lib/icons.svg"];
        var safe = System.Text.Encodings.Web.HtmlEncoder.Default.Encode(name);
        return $"""<svg class="icon" aria-hidden="true"><use href="/{sprite}#{safe}"/></svg>""";
    }
}
