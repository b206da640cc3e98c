using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Minions;
using Republic.Core.Minions.Profiles;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Models;

[RequestSizeLimit(CardFiles.MaxBytes)]
public sealed class ImportModel(CardFiles cards) : PageModel
{
    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken ct)
    {
        if (file is not { Length: > 0 })
        {
            return this.Refuse(Failure.Invalid("", "Choose a card first: a JSON file, or a PNG picture with one inside."));
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        var made = await cards.ImportAsync(CurrentPerson.From(User).Id, bytes.ToArray(), ct);
        if (!made.Ok)
        {
            return this.Refuse(
                new Failure(
                    made.Failure.Kind,
                    string.Join(' ', made.Failure.Fields.Select(field => field.Message).DefaultIfEmpty(made.Failure.Message)),
                    []
                )
            );
        }

        this.Toast(
            $"{made.Value.Minion.Citizen.DisplayName} has moved in.",
            "Look at the model it is on, and give it a key if it needs one."
        );
        return LocalRedirect($"/models/{made.Value.Minion.Id}");
    }
}
