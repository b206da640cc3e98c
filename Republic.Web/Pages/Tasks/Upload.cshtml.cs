using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Tasks.Attachments;
using Republic.Core.Tasks.Board;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Uploads;

namespace Republic.Web.Pages.Tasks;

/// <summary>
/// Takes the files of a task. The usual check of the form's token would read the whole of it first, so the token is checked while the form
/// streams in; for the same reason nothing here binds to the form, not even a parameter.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class UploadModel(TaskCards cards, TaskAttachmentUpload upload, TaskAttachments attachments) : PageModel
{
    public Guid Id => Guid.Parse((string)RouteData.Values["id"]!);

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync()
    {
        var found = await cards.FindAsync(Me, Id, HttpContext.RequestAborted);
        return found.Ok ? LocalRedirect($"/tasks/{Id}") : this.Refuse(found.Failure);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var ct = HttpContext.RequestAborted;
        var found = await cards.FindAsync(Me, Id, ct);
        if (!found.Ok)
        {
            return this.Refuse(found.Failure);
        }

        var read = await UploadForm.ReadAsync(HttpContext, Me, upload, ct);
        if (!read.Ok)
        {
            return Wrong(read.Failure, null);
        }

        using var form = read.Value;
        foreach (var file in form.Files)
        {
            var added = file.Source.Ok ? await attachments.AddAsync(Me, Id, file.Source.Value, ct) : file.Source.Failure;
            if (!added.Ok)
            {
                Wrong(added.Failure, file.Name);
            }
        }

        return ModelState.IsValid ? LocalRedirect($"/tasks/{Id}") : Page();
    }

    // Said of the form as a whole: a file field keeps nothing that an error could stand beside.
    private PageResult Wrong(Failure failure, string? file)
    {
        ModelState.AddModelError("", file is null ? failure.Message : $"{file}: {failure.Message}");
        Response.StatusCode = failure.StatusCode();
        return Page();
    }
}
