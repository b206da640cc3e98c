using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Providers;

/// <summary>Asks before a key is deleted: it cannot be brought back.</summary>
public sealed class RemoveKeyModel(ProviderCatalog catalog, CredentialReader credentials, CredentialEditor editor, RepublicDb db)
    : KeyPage(catalog)
{
    public string Label => Current!.Label;

    /// <summary>The minions that name this key.</summary>
    public IReadOnlyList<string> Minions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var found = await credentials.FindAsync(Me, id.ToString(), ct);
        if (!found.Ok)
        {
            return this.Refuse(found.Failure);
        }

        Current = found.Value;
        Minions = await db.Minions.OwnedBy(Me).Live().Where(m => m.CredentialId == id).Select(m => m.Citizen.DisplayName).ToListAsync(ct);
        return Request.IsHtmx() ? Partial("_RemoveKey", this) : Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(Me, id, ct);
        return deleted.Ok ? Done($"{deleted.Value.Label} is deleted.") : this.Refuse(deleted.Failure);
    }
}
