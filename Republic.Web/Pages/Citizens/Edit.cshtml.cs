using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Citizens.Profiles;
using Republic.Core.Providers;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Citizens;

public sealed class EditModel(CitizenCards cards, CitizenEditor editor, ProviderCatalog catalog) : PageModel
{
    [BindProperty]
    public CitizenForm Input { get; set; } = new();

    public CitizenCard Citizen { get; private set; } = null!;

    public IEnumerable<ProviderRow> Providers => catalog.Rows;

    /// <summary>Those that make vectors, and what is chosen already.</summary>
    public IEnumerable<ProviderRow> Embedders => catalog.Rows.Where(row => row.HasEmbeddings || row.Name == Input.EmbeddingModel.Provider);

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var found = await cards.FindAsync(Me, id, ct);
        if (!found.Ok || !found.Value.IsOwn)
        {
            return this.Refuse(found.Failure ?? Failure.NotFound("citizen"));
        }

        Citizen = found.Value;
        Input = CitizenForm.Of(Citizen);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        var found = await cards.FindAsync(Me, id, ct);
        if (!found.Ok || !found.Value.IsOwn)
        {
            return this.Refuse(found.Failure ?? Failure.NotFound("citizen"));
        }

        Citizen = found.Value;
        var saved = await editor.UpdateAsync(Me, id, _ => Input.ToInput(), ct);
        if (!saved.Ok)
        {
            return this.Refuse(saved.Failure);
        }

        this.Toast("Saved.");
        return LocalRedirect($"/citizens/{id}");
    }
}
