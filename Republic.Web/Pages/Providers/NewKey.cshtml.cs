using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;

namespace Republic.Web.Pages.Providers;

public sealed class NewKeyModel(ProviderCatalog catalog, CredentialEditor editor, CredentialConnection connection) : KeyPage(catalog)
{
    public IActionResult OnGet(string? provider)
    {
        Input = new KeyForm { Provider = provider, Request = Guid.CreateVersion7() };
        return Row is null ? LocalRedirect("/providers/add") : Show();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Row is null)
        {
            return LocalRedirect("/providers/add");
        }

        var made = await editor.CreateAsync(Me, Input.ToInput(), FormId.Of(Me, Input.Request), ct);
        return made.Ok
            ? Done($"{Row.DisplayName} is set up.", made.Value.IsDefault ? "Minions there use this key by default." : "")
            : Show(made.Failure);
    }

    public async Task<IActionResult> OnPostTestAsync(CancellationToken ct) =>
        Row is null
            ? LocalRedirect("/providers/add")
            : Show(await connection.TestDraftAsync(Me, id: null, Input.ToInput(), model: null, ct));
}
