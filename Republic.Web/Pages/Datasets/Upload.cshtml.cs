using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Uploads;

namespace Republic.Web.Pages.Datasets;

/// <summary>
/// Takes the plain form of a browser without scripts. The usual check of the form's token would read the whole of it first, so the token
/// is checked while the form streams in; for the same reason nothing here binds to the form, not even a parameter.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class UploadModel(DatasetEditor editor) : PageModel
{
    public Guid Me => CurrentPerson.From(User).Id;

    public IActionResult OnGet() => LocalRedirect("/datasets/new");

    public async Task<IActionResult> OnPostAsync()
    {
        var ct = HttpContext.RequestAborted;
        var read = await DatasetForm.ReadAsync(HttpContext, Me, ct);
        if (!read.Ok)
        {
            return Wrong(read.Failure);
        }

        using var form = read.Value;
        var made = new List<Guid>();
        foreach (var file in form.Files)
        {
            var created = file.Source.Ok ? await editor.CreateAsync(Me, form.Input, file.Source.Value, ct) : file.Source.Failure;
            if (created.Ok)
            {
                made.Add(created.Value);
            }
            else
            {
                Wrong(created.Failure);
            }
        }

        return !ModelState.IsValid ? Page()
            : made is [var only] ? LocalRedirect($"/datasets/{only}")
            : LocalRedirect("/datasets");
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
