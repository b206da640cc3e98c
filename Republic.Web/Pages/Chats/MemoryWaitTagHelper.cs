using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Republic.Core;
using Republic.Core.PersonalModels.Serving;
using Republic.Web.Http.Auth;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Chats;

/// <summary>
/// <c>&lt;memory-wait minion="@id"&gt;reading&lt;/memory-wait&gt;</c>: what is inside it; or that the minion's model waits for memory, while it
/// does.
/// </summary>
[HtmlTargetElement("memory-wait")]
public sealed class MemoryWaitTagHelper(ServedModels served) : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public Guid Minion { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var http = ViewContext.HttpContext;
        output.TagName = null;
        if (await served.WaitOfAsync(CurrentPerson.From(http.User).Id, Minion, http.RequestAborted) is { } wait)
        {
            output.Content.SetContent($"waits for {ByteSize.Of(wait.Host.NeedBytes)} of memory, which other models use");
        }
    }
}
