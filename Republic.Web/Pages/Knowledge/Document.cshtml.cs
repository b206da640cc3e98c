using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Ingest;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Knowledge;

public sealed class DocumentModel(
    CollectionCards collections,
    DocumentCards documents,
    PassageCards passages,
    DocumentEditor editor,
    LiveEvents live
) : CollectionPage(collections)
{
    public const int PageSize = 20;

    public override string Tab => "documents";

    [BindProperty(SupportsGet = true)]
    public Guid Document { get; set; }

    /// <summary>The passage that a link points to.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Passage { get; set; }

    /// <summary>The first passage to show.</summary>
    [BindProperty(SupportsGet = true)]
    public int From { get; set; }

    public DocumentCard Shown { get; private set; } = null!;

    public IReadOnlyList<PassageRow> Rows { get; private set; } = [];

    public IReadOnlyList<SourcePart> Source { get; private set; } = [];

    /// <summary>The link's passage is not there any more.</summary>
    public bool IsGone { get; private set; }

    public string LivePosition { get; private set; } = "";

    public string Here => $"/knowledge/{Id}/documents/{Document}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var shown = await ShowAsync(ct);
        return !shown.Ok ? this.Refuse(shown.Failure)
            : Request.IsHtmx() ? Partial("_Document", this)
            : Page();
    }

    /// <param name="loses">Whether passages that were changed may go.</param>
    public async Task<IActionResult> OnPostAgainAsync(bool loses, CancellationToken ct) =>
        await DoneAsync(await editor.IndexAgainAsync(Me, Id, Document, loses, ct), ct);

    /// <param name="loses">Whether passages that were changed may go, where it is cut anew.</param>
    public async Task<IActionResult> OnPostRetryAsync(bool loses, CancellationToken ct) =>
        await DoneAsync(await editor.RetryAsync(Me, Id, Document, loses, ct), ct);

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken ct) =>
        await DoneAsync(await editor.CancelAsync(Me, Id, Document, ct), ct);

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(Me, Id, Document, ct);
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        this.Toast($"{deleted.Value} is deleted.", "Its passages are not found any more.");
        return LocalRedirect($"/knowledge/{Id}");
    }

    private async Task<IActionResult> DoneAsync(Outcome<Guid> outcome, CancellationToken ct)
    {
        if (outcome.Ok)
        {
            return LocalRedirect(Here);
        }

        var shown = await ShowAsync(ct);
        // Said of the page as a whole: what has to be allowed stands below, folded.
        return this.Refuse(shown.Ok ? outcome.Failure with { Fields = [] } : shown.Failure);
    }

    private async Task<Outcome<DocumentCard>> ShowAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        var collection = await LoadAsync(ct);
        var found = collection.Ok ? await documents.FindAsync(Me, Id, Document, ct) : collection.Failure;
        if (!found.Ok)
        {
            return found.Failure;
        }

        Shown = found.Value;
        var linked = Passage is { } id ? await passages.FindAsync(Me, Id, Document, id, ct) : default;
        IsGone = Passage is not null && linked.Value is null;
        From = linked.Value is { } there ? there.Ordinal / PageSize * PageSize : Math.Max(0, From);
        var page = await passages.PageAsync(Me, Id, Document, From, PageSize, ct);
        if (!page.Ok)
        {
            return page.Failure;
        }

        Rows = page.Value.Passages;
        Source = SourcePart.Of(await passages.TextAsync(Me, Document, ct), Rows, isFirst: From == 0);
        return found;
    }
}
