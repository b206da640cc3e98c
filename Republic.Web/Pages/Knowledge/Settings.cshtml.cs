using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Knowledge.Ingest;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Knowledge;

public sealed class SettingsModel(
    CollectionCards cards,
    CollectionEditor editor,
    ProviderCatalog catalog,
    BuiltInEmbedding builtIn,
    RepublicDb db
) : CollectionPage(cards)
{
    public override string Tab => "settings";

    [BindProperty]
    public SettingsForm Input { get; set; } = new();

    public EmbeddingChoices Choices => new(catalog, builtIn, Input.Embedding);

    public IReadOnlyList<Credential> Keys { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var shown = await ShowAsync(ct);
        Input = shown.Ok ? SettingsForm.Of(Collection) : Input;
        return shown.Ok ? Page() : this.Refuse(shown.Failure);
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        var shown = await ShowAsync(ct);
        var input = shown.Ok ? Input.ToInput(Collection) : shown.Failure;
        var saved = input.Ok ? await editor.UpdateAsync(Me, Id, input.Value, ct) : input.Failure;
        if (!saved.Ok)
        {
            return this.Refuse(saved.Failure);
        }

        var isAgain = input.Value!.Cutting != Collection.Cutting || input.Value.Embedding != Collection.Embedding;
        this.Toast("The settings are saved.", isAgain && Collection.DocumentCount > 0 ? "The documents are indexed again." : "");
        return LocalRedirect(isAgain ? $"/knowledge/{Id}" : $"/knowledge/{Id}/settings");
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(Me, Id, ct);
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        this.Toast($"{deleted.Value} is deleted.", "Its documents are gone from the disk.");
        return LocalRedirect("/knowledge");
    }

    private async Task<Outcome<CollectionCard>> ShowAsync(CancellationToken ct)
    {
        Keys = await db.Credentials.AsNoTracking().OwnedBy(Me).OrderBy(key => key.Label).ToListAsync(ct);
        return await LoadAsync(ct);
    }
}
