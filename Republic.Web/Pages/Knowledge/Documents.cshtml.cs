using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Knowledge.Ingest;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Knowledge;

public sealed class DocumentsModel(
    CollectionCards cards,
    DocumentCards documents,
    DocumentEditor editor,
    CollectionEditor collections,
    BuiltInEmbedding builtIn,
    LiveEvents live
) : CollectionPage(cards)
{
    private const int PageSize = 100;

    public override string Tab => "";

    /// <summary>The last document of the page before this one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    public IReadOnlyList<DocumentCard> Rows { get; private set; } = [];

    public Guid? Older { get; private set; }

    public string LivePosition { get; private set; } = "";

    public string WatchAddress => Before is { } last ? $"/knowledge/{Id}?before={last}" : $"/knowledge/{Id}";

    /// <summary>The built-in embedding model could be used here and is not.</summary>
    public bool OffersMeaning => Collection.Embedding is null && builtIn.Default is not null;

    public string TimeForVectors => BuiltInMeaning.TimeFor(Collection.PassageCount);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var loaded = await ShowAsync(ct);
        return !loaded.Ok ? this.Refuse(loaded.Failure)
            : Request.IsHtmx() ? Partial("_Documents", this)
            : Page();
    }

    public async Task<IActionResult> OnPostAgainAsync(Guid document, CancellationToken ct) =>
        await DoneAsync(await editor.RetryAsync(Me, Id, document, losesEdits: false, ct), ct);

    public async Task<IActionResult> OnPostCancelAsync(Guid document, CancellationToken ct) =>
        await DoneAsync(await editor.CancelAsync(Me, Id, document, ct), ct);

    public async Task<IActionResult> OnPostMeaningAsync(CancellationToken ct) =>
        await DoneAsync(await collections.UpdateAsync(Me, Id, new CollectionInput { Embedding = BuiltInEmbedding.Model }, ct), ct);

    public async Task<IActionResult> OnPostDeleteAsync(Guid document, CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(Me, Id, document, ct);
        if (deleted.Ok)
        {
            this.Toast($"{deleted.Value} is deleted.", "Its passages are not found any more.");
        }

        return await DoneAsync(deleted.Ok ? Id : deleted.Failure, ct);
    }

    private async Task<IActionResult> DoneAsync(Outcome<Guid> outcome, CancellationToken ct)
    {
        if (outcome.Ok)
        {
            return LocalRedirect($"/knowledge/{Id}");
        }

        var loaded = await ShowAsync(ct);
        // Said of the page as a whole: it has no field for what may have to be allowed. The document's own page has.
        return this.Refuse(loaded.Ok ? outcome.Failure with { Fields = [] } : loaded.Failure);
    }

    private async Task<Outcome<CollectionCard>> ShowAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        var loaded = await LoadAsync(ct);
        var found = loaded.Ok ? await documents.ListAsync(Me, Id, PageSize + 1, Before, ct) : loaded.Failure;
        if (!found.Ok)
        {
            return found.Failure;
        }

        Rows = [.. found.Value.Take(PageSize)];
        Older = found.Value.Count > PageSize ? Rows[^1].Id : null;
        return loaded;
    }
}
