using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Archives.Importing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Uploads;

namespace Republic.Web.Pages.Account.Archives;

/// <summary>
/// Receives an archive of a browser. The usual antiforgery check would read the whole form first, so the token is checked while the form is
/// streamed; for the same reason nothing here binds to the form.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class UploadModel(Imports imports, ImportUpload upload) : PageModel
{
    private Guid Me => CurrentPerson.From(User).Id;

    public IActionResult OnGet() => LocalRedirect("/account/data");

    public async Task<IActionResult> OnPostAsync()
    {
        var ct = HttpContext.RequestAborted;
        var read = await UploadForm.ReadAsync(HttpContext, Me, upload, ct);
        if (!read.Ok)
        {
            return Wrong(read.Failure);
        }

        using var form = read.Value;
        var file = form.Files[0].Source;
        var begun = file.Ok ? await imports.BeginAsync(Me, file.Value, selection: null, ct) : file.Failure;
        return begun.Ok ? LocalRedirect($"/account/data/imports/{begun.Value.Id}") : Wrong(begun.Failure);
    }

    // Said of the form as a whole: a file field keeps nothing that an error could stand beside.
    private PageResult Wrong(Failure failure)
    {
        foreach (var message in failure.Fields.Select(field => field.Message).DefaultIfEmpty(failure.Message))
        {
            ModelState.AddModelError("", message);
        }

        Response.StatusCode = failure.StatusCode();
        return Page();
    }
}
