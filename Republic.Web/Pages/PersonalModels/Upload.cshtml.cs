using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Storage;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Uploads;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>
/// Receives the upload form of a browser. The usual antiforgery check would read the whole form first, so the token is checked while the
/// form is streamed; for the same reason nothing here binds to the form.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class UploadModel(PersonalModelEditor editor, ModelUpload upload) : PageModel
{
    public Guid Me => CurrentPerson.From(User).Id;

    public IActionResult OnGet() => LocalRedirect("/personal-models/add#upload");

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
        var added = file.Ok ? await editor.AddAsync(Me, file.Value, form["custom_name"], ct) : file.Failure;
        return added.Ok ? LocalRedirect($"/personal-models/{added.Value}") : Wrong(added.Failure);
    }

    // Shown for the form as a whole, because a file field is empty after the request and cannot keep its error.
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
