using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Archives.Exporting;
using Republic.Core.Archives.Importing;
using Republic.Core.Events;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Account.Archives;

/// <summary>All that a person has as an archive, and archives that become theirs.</summary>
public sealed class IndexModel(Exports exports, Imports imports, LiveEvents live) : PageModel
{
    public Guid Me => CurrentPerson.From(User).Id;

    public IReadOnlyList<ExportCard> Exported { get; private set; } = [];

    public IReadOnlyList<ImportCard> Imported { get; private set; } = [];

    public string LivePosition { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        await LoadAsync(ct);
    }

    public async Task<IActionResult> OnGetListAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return Partial("_Data", this);
    }

    public async Task<IActionResult> OnPostExportAsync(CancellationToken ct)
    {
        var begun = await exports.BeginAsync(Me, ct);
        if (!begun.Ok)
        {
            LivePosition = live.Position(Me);
            await LoadAsync(ct);
            return this.Refuse(begun.Failure);
        }

        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken ct)
    {
        var deleted = await exports.DeleteAsync(Me, id, ct);
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        this.Toast("The archive is deleted.", "What you have downloaded stays with you.");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostDeleteImportAsync(Guid id, CancellationToken ct)
    {
        var deleted = await imports.DeleteAsync(Me, id, ct);
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        this.Toast("The uploaded archive is deleted.", "What was imported of it stays.");
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Exported = await exports.ListAsync(Me, ct);
        Imported = await imports.ListAsync(Me, ct);
    }
}
