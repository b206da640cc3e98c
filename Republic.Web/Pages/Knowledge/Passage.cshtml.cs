using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Ingest;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Knowledge;

/// <summary>One passage, to change its text and where it is cut.</summary>
public sealed class PassageModel(CollectionCards collections, DocumentCards documents, PassageCards passages, PassageEditor editor)
    : CollectionPage(collections)
{
    public override string Tab => "documents";

    [BindProperty(SupportsGet = true)]
    public Guid Document { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid Passage { get; set; }

    [BindProperty]
    public PassageForm Input { get; set; } = new();

    public DocumentCard Shown { get; private set; } = null!;

    public PassageRow Row { get; private set; } = null!;

    public PassageRow? Next { get; private set; }

    public IReadOnlyList<PassagePart> Parts { get; private set; } = [];

    public string Back => $"/knowledge/{Id}/documents/{Document}?passage={Passage}#p-{Passage}";

    private PassageAddress At => new(Me, Id, Document, Passage);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var shown = await ShowAsync(ct);
        Input.Text = shown.Ok ? Row.Text : null;
        return shown.Ok ? Page() : this.Refuse(shown.Failure);
    }

    public async Task<IActionResult> OnPostEditAsync(CancellationToken ct) =>
        await DoneAsync(await editor.EditAsync(At, Input.Text, ct), "The passage is saved.", ct);

    public async Task<IActionResult> OnPostSplitAsync(int at, CancellationToken ct) =>
        await DoneAsync(await editor.SplitAsync(At, at, ct), "The passage is split.", ct);

    public async Task<IActionResult> OnPostMergeAsync(CancellationToken ct) =>
        await DoneAsync(await editor.MergeAsync(At, ct), "The passages are merged.", ct);

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(At, ct);
        if (!deleted.Ok)
        {
            return await DoneAsync(deleted, "", ct);
        }

        this.Toast("The passage is deleted.", "Indexing the document again brings it back.");
        return LocalRedirect($"/knowledge/{Id}/documents/{Document}");
    }

    private async Task<IActionResult> DoneAsync(Outcome<Guid> outcome, string fact, CancellationToken ct)
    {
        if (outcome.Ok)
        {
            this.Toast(fact);
            return LocalRedirect(Back);
        }

        var shown = await ShowAsync(ct);
        if (!shown.Ok)
        {
            return this.Refuse(shown.Failure);
        }

        Input.Text ??= Row.Text;
        return this.Refuse(outcome.Failure);
    }

    private async Task<Outcome<PassageRow>> ShowAsync(CancellationToken ct)
    {
        var collection = await LoadAsync(ct);
        var document = collection.Ok ? await documents.FindAsync(Me, Id, Document, ct) : collection.Failure;
        var row = document.Ok ? await passages.FindAsync(Me, Id, Document, Passage, ct) : document.Failure;
        if (!row.Ok)
        {
            return row.Failure;
        }

        (Shown, Row) = (document.Value!, row.Value);
        Parts = PassagePart.Of(Row.Text);
        var after = await passages.PageAsync(Me, Id, Document, Row.Ordinal + 1, 1, ct);
        Next = after.Value?.Passages is [var following, ..] ? following : null;
        return row;
    }
}
