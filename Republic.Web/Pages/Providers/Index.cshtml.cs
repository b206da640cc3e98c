using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Overview;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Models;

namespace Republic.Web.Pages.Providers;

public sealed class IndexModel(
    RepublicDb db,
    ProviderOverview overview,
    ProviderCatalog catalog,
    CredentialEditor editor,
    CredentialConnection connection
) : PageModel
{
    public IReadOnlyList<ProviderView> Providers { get; private set; } = [];

    public int Known => catalog.Rows.Count;

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(null, null, ct);
        return Request.IsHtmx() ? Partial("_Providers", this) : Page();
    }

    /// <param name="key">One stored key; null: whatever is asked with where no key is named.</param>
    public async Task<IActionResult> OnPostTestAsync(string provider, Guid? key, CancellationToken ct)
    {
        var test = key is { } id
            ? await connection.TestAsync(Me, id, model: null, ct)
            : await connection.TestDefaultAsync(Me, provider, ct);
        if (test is { Ok: false, Failure.Kind: FailureKind.NotFound })
        {
            return this.Refuse(test.Failure);
        }

        var answer = TestAnswer.Of(test);
        await LoadAsync(provider, answer, ct);
        return Request.IsHtmx() && Providers.FirstOrDefault(view => view.Id == provider) is { } tested
            ? Partial("_Tested", tested)
            : Page();
    }

    public Task<IActionResult> OnPostDefaultAsync(Guid id, CancellationToken ct) =>
        ChangeAsync(id, input => input with { IsDefault = true }, key => $"{key.Label} is the default now.", ct);

    public Task<IActionResult> OnPostShareAsync(Guid id, bool shares, CancellationToken ct) =>
        ChangeAsync(
            id,
            input => input with { SharesLoad = shares },
            key => shares ? $"{key.Label} shares the load now." : $"{key.Label} is asked only where it is named.",
            ct
        );

    private async Task<IActionResult> ChangeAsync(
        Guid id,
        Func<CredentialInput, Outcome<CredentialInput>> change,
        Func<Credential, string> said,
        CancellationToken ct
    )
    {
        var changed = await editor.UpdateAsync(Me, id, change, ct);
        if (!changed.Ok && changed.Failure.Kind == FailureKind.NotFound)
        {
            return this.Refuse(changed.Failure);
        }

        this.Toast(changed.Ok ? said(changed.Value) : changed.Failure.Message, tone: changed.Ok ? "good" : "bad");
        if (!Request.IsHtmx())
        {
            return LocalRedirect("/providers");
        }

        await LoadAsync(null, null, ct);
        return Partial("_Providers", this);
    }

    private async Task LoadAsync(string? tested, TestAnswer? test, CancellationToken ct)
    {
        var cards = await overview.ReadAsync(Me, ct);
        var own = await db.Minions.OwnedBy(Me).Live().Where(m => m.SealedApiKey != null).Select(m => m.Provider).Distinct().ToListAsync(ct);
        Providers =
        [
            .. cards.Select(card => new ProviderView(card, card.Row.Name == tested ? test : null)
            {
                HasOwnKey = own.Contains(card.Row.Name),
            }),
        ];
    }
}
