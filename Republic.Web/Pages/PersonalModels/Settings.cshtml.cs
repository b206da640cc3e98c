using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Serving;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>The name of a model, how it is kept in memory, and deleting it.</summary>
public sealed class SettingsModel(PersonalModelCards cards, ServedModelEditor editor) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public SettingsForm Input { get; set; } = new();

    public PersonalModelCard Card { get; private set; } = null!;

    private Guid Me => CurrentPerson.From(User).Id;

    private string ModelAddress => $"/personal-models/{Id}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var found = await cards.FindAsync(Me, Id, ct);
        if (!found.Ok)
        {
            return this.Refuse(found.Failure);
        }

        (Card, Input) = (found.Value, SettingsForm.Of(found.Value));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var change = Input.Read();
        var changed = change.Ok ? await editor.ChangeAsync(Me, Id, change.Value, ct) : change.Failure;
        if (changed.Ok)
        {
            this.Toast("Saved.");
            return LocalRedirect(ModelAddress);
        }

        var found = await cards.FindAsync(Me, Id, ct);
        Card = found.Value!;
        return this.Refuse(found.Failure ?? changed.Failure);
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(Me, Id, ct);
        if (deleted.Ok)
        {
            this.Toast($"{deleted.Value} is gone.");
            return LocalRedirect("/personal-models");
        }

        var found = await cards.FindAsync(Me, Id, ct);
        (Card, Input) = (found.Value!, found.Ok ? SettingsForm.Of(found.Value) : Input);
        return this.Refuse(found.Failure ?? deleted.Failure);
    }
}
