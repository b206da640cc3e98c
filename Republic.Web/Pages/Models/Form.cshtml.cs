using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Web.Http;

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
        Input.BaseUrl = isStored ? Current!.BaseUrl : null;
        return Request.IsHtmx() ? Partial("_ModelFields", Form) : Page();
    }

    public async Task<IActionResult> OnPostModelsAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        var listed = await connection.ListDraftAsync(Me, Input.Id, Input.Over(new MinionInput()), ct);
        return Partial("_ModelList", new ModelList(Form.Provider, listed));
    }

    public async Task<IActionResult> OnPostTestAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        Test = TestAnswer.Of(await connection.TestDraftAsync(Me, Input.Id, Input.Over(new MinionInput()), ct));
        return Request.IsHtmx() ? Partial("_TestAnswer", Test) : Page();
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Current = Input.Id is { } id ? await db.Minions.AsNoTracking().OwnedBy(Me).Live().SingleOrDefaultAsync(m => m.Id == id, ct) : null;
        return Input.Id is null || Current is not null;
    }
}
