using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using Republic.Core.Help;

namespace Republic.Web.Pages.Help;

/// <summary>A picture in a page of help. It is another one with the next build at the earliest.</summary>
public sealed class PictureModel : PageModel
{
    private static readonly EntityTagHeaderValue Build = new($"\"{typeof(HelpPages).Assembly.ManifestModule.ModuleVersionId:N}\"");
    private static readonly FileExtensionContentTypeProvider Types = new();

    public IActionResult OnGet(string name)
    {
        if (HelpPages.Picture(name) is not { } picture || !Types.TryGetContentType(name, out var type))
        {
            return NotFound();
        }

        Response.Headers.CacheControl = "private, max-age=3600";
        return new FileStreamResult(picture, type) { EntityTag = Build };
    }
}
