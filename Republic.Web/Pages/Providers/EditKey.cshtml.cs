using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Web.Http;

namespace Republic.Web.Pages.Providers;

public sealed class EditKeyModel(
    ProviderCatalog catalog,
    CredentialReader credentials,
    CredentialEditor editor,
    CredentialConnection connection
) : KeyPage(catalog)
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return this.Refuse(Failure.NotFound("key"));
        }

        Input = KeyForm.Of(Current!);
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return this.Refuse(Failure.NotFound("key"));
        }

        var saved = await editor.UpdateAsync(Me, id, _ => Typed(), ct);
        return saved.Ok ? Done($"{saved.Value.Label} is saved.") : Show(saved.Failure);
    }

    public async Task<IActionResult> OnPostTestAsync(Guid id, CancellationToken ct) =>
        await LoadAsync(id, ct)
            ? Show(await connection.TestDraftAsync(Me, id, Typed(), model: null, ct))
            : this.Refuse(Failure.NotFound("key"));

    // The default stays it until another one is: its form has no box for that.
    private CredentialInput Typed() =>
        Input.ToInput() with
        {
            Provider = Current!.Provider,
            IsDefault = Input.IsDefault || Current.IsDefault,
        };

    private async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        Current = (await credentials.FindAsync(Me, id.ToString(), ct)).Value;
        return Row is not null && Current is not null;
    }
}
