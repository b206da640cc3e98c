using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Models;

/// <summary>What the form asks on the way: another provider's fields, the provider's models, does it answer. Nothing is saved.</summary>
public sealed class FormModel(ProviderCatalog catalog, RepublicDb db, MinionConnection connection) : MinionFormPage(catalog)
{
    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostFieldsAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        // The form's model part is drawn anew from these, not from what was posted.
        ModelState.Clear();
        var isStored = Input.Provider == Current?.Provider;
        Input.ModelId = isStored ? Current!.ModelId : Catalog.Find(Input.Provider)?.DefaultModel;
        Input.Key = null;
        Input.BaseUrl = isStored ? Current!.BaseUrl : null;
        return Request.IsHtmx() ? Partial("_ModelFields", Form) : Page();
    }

    public async Task<IActionResult> OnPostModelsAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        var listed = await connection.ListDraftAsync(Me, Input.Id, Typed(), ct);
        return Partial("_ModelList", new ModelList(Form.Provider, listed));
    }

    /// <summary>The list of fallbacks with one more, one less, or one in another place; each is told by its place.</summary>
    public async Task<IActionResult> OnPostFallbacksAsync(bool add, int? up, int? down, int? remove, CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        ModelState.Clear();
        FallbackForm.Rearrange(Input.Fallbacks, up, down, remove);
        if (add)
        {
            Input.Fallbacks.Add(new FallbackForm { Provider = Input.Provider });
        }

        return Request.IsHtmx() ? Partial("_Fallbacks", Form with { IsFallbackAdded = add }) : Page();
    }

    /// <param name="row">The fallback whose provider is asked what it has.</param>
    public async Task<IActionResult> OnPostFallbackModelsAsync(int row, CancellationToken ct)
    {
        if (!await LoadAsync(ct) || row < 0 || row >= Input.Fallbacks.Count)
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        var fallback = Input.Fallbacks[row].ToFallback();
        var listed = await connection.ListFallbackAsync(Me, Input.Id, Input.Over(new MinionInput()), fallback, ct);
        return Partial("_ModelList", new ModelList(Catalog.Find(fallback.Provider) ?? Form.Provider, listed, $"fallback-models-{row}"));
    }

    public async Task<IActionResult> OnPostTestAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        Test = TestAnswer.Of(await connection.TestDraftAsync(Me, Input.Id, Typed(), ct)) with { Address = Input.BaseUrl };
        return Request.IsHtmx() ? Partial("_TestAnswer", Test) : Page();
    }

    private MinionInput Typed() => Input.Over(new MinionInput(), Current?.SealedApiKey is not null);

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Current = Input.Id is { } id ? await db.Minions.AsNoTracking().OwnedBy(Me).Live().SingleOrDefaultAsync(m => m.Id == id, ct) : null;
        return Input.Id is null || Current is not null;
    }
}
