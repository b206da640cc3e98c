using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Republic.Core.Security;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Shared;

/// <summary>
/// <c>&lt;allow-host address="@typed" /&gt;</c> inside a form: for a superuser a button that allows the host which stands in the way, and
/// for everybody else, or where nothing is in the way, nothing. Without a script it opens a page of its own, so that what was typed stays.
/// </summary>
[HtmlTargetElement("allow-host")]
public sealed class AllowHostTagHelper(OutboundGuard guard) : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>A base URL as it was typed.</summary>
    public string? Address { get; set; }

    /// <summary>A host and port that a call was refused for; allowed since, it needs no button.</summary>
    public string? Host { get; set; }

    /// <summary>What was refused is asked by the page itself, which is read again once the host is allowed.</summary>
    public bool Reload { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // Razor gives an attribute that is null as an empty text.
        var host = Host is { Length: > 0 } refused ? guard.StillRefused(refused) : guard.Allowable(Address);
        if (host is null || CurrentPerson.FromOrNull(ViewContext.HttpContext.User)?.IsSuperuser != true)
        {
            output.SuppressOutput();
            return;
        }

        var url = $"/admin/hosts?handler=Allow&host={Uri.EscapeDataString(host)}";
        output.TagName = "button";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("type", "submit");
        output.Attributes.SetAttribute("class", "btn btn-sm");
        output.Attributes.SetAttribute("formaction", url);
        output.Attributes.SetAttribute("formtarget", "_blank");
        output.Attributes.SetAttribute("formnovalidate", "formnovalidate");
        output.Attributes.SetAttribute("hx-post", Reload ? url + "&reload=true" : url);
        output.Attributes.SetAttribute("hx-target", "this");
        output.Attributes.SetAttribute("hx-swap", "outerHTML");
        output.Content.SetContent($"Allow {host}");
    }
}
