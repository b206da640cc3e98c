using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Tasks.Attachments;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Tasks;

/// <summary>A file of a task, to be downloaded: a browser shows nothing of it as a page of ours.</summary>
public sealed class AttachmentModel(TaskAttachments attachments) : PageModel
{
    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(Guid id, Guid file, CancellationToken ct)
    {
        var found = await attachments.FindAsync(Me, id, file, ct);
        return found.Ok
            ? PhysicalFile(found.Value.Path, found.Value.Attachment.MimeType, found.Value.Attachment.FileName)
            : this.Refuse(found.Failure);
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, Guid file, CancellationToken ct)
    {
        var deleted = await attachments.DeleteAsync(Me, id, file, ct);
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        this.Toast("The file is deleted.");
        return LocalRedirect($"/tasks/{id}");
    }
}
