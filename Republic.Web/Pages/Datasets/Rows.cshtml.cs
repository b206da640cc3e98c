using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Versions;
using Republic.Web.Http;

namespace Republic.Web.Pages.Datasets;

public sealed class RowsModel(DatasetCards cards, DatasetRows rows, RowEditor rowEditor, DatasetEditor editor) : DatasetPage(cards, rows)
{
    private const int PageSize = 20;

    public override string Tab => "rows";

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true)]
    public int From { get; set; }

    public IReadOnlyList<RowView> Rows { get; private set; } = [];

    /// <summary>Changes of rows that are not yet a version.</summary>
    public IReadOnlyList<DatasetChange> Pending { get; private set; } = [];

    public string? Previous { get; private set; }

    public string? Next { get; private set; }

    public Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Words = string.IsNullOrWhiteSpace(Words) ? null : Words.Trim();
        From = Math.Max(0, From);
        return ShowAsync("_Rows", reader => ReadAsync(reader, ct), ct);
    }

    public async Task<IActionResult> OnPostDropAsync(string? hash, CancellationToken ct) =>
        await ShowRowAsync(hash ?? "", (await rowEditor.ChangeAsync(Me, Id, hash ?? "", null, ct)).Failure, null, ct);

    public async Task<IActionResult> OnPostEditAsync(string? hash, IReadOnlyList<MessageForm> messages, CancellationToken ct)
    {
        var loaded = await LoadAsync(ct);
        if (!loaded.Ok || hash is null || loaded.Value?.Reader.RowOf(hash) is not { } row)
        {
            return NotFound();
        }

        await ReadPendingAsync(ct);
        var edited = View(row).Edited(messages);
        var failure = edited.SequenceEqual(row.Messages)
            ? (await rowEditor.DiscardAsync(Me, Id, hash, ct)).Failure
            : (await rowEditor.ChangeAsync(Me, Id, hash, edited, ct)).Failure;
        return await ShowRowAsync(hash, failure, failure is null ? null : edited, ct);
    }

    public async Task<IActionResult> OnPostUndoAsync(string? hash, CancellationToken ct) =>
        await ShowRowAsync(hash ?? "", (await rowEditor.DiscardAsync(Me, Id, hash ?? "", ct)).Failure, null, ct);

    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken ct)
    {
        var discarded = await rowEditor.DiscardAsync(Me, Id, null, ct);
        return discarded.Ok ? LocalRedirect($"/datasets/{Id}/rows") : this.Refuse(discarded.Failure);
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        var saved = await editor.SaveChangesAsync(Me, Id, ct);
        if (saved.Ok)
        {
            return LocalRedirect($"/datasets/{Id}");
        }

        ModelState.AddFailure(saved.Failure);
        Response.StatusCode = saved.Failure.StatusCode();
        return saved.Failure.Kind == FailureKind.NotFound ? NotFound() : await OnGetAsync(ct);
    }

    private async Task ReadAsync(VersionReader reader, CancellationToken ct)
    {
        await ReadPendingAsync(ct);
        if (Words is null)
        {
            Rows = [.. reader.Rows(From, PageSize).Select(View)];
            Previous = From > 0 ? Address("rows", ("from", Math.Max(0, From - PageSize))) : null;
            Next = From + PageSize < reader.Count ? Address("rows", ("from", From + PageSize)) : null;
            return;
        }

        var found = reader.Search(Words, From, PageSize, ct);
        Rows = [.. found.Rows.Select(View)];
        Previous = From > 0 ? Address("rows", ("q", Words)) : null;
        Next = found.Next is { } next ? Address("rows", ("q", Words), ("from", next)) : null;
    }

    private async Task ReadPendingAsync(CancellationToken ct) => Pending = (await rowEditor.WaitingAsync(Me, Id, ct)).Value ?? [];

    private RowView View(SampleRow row) =>
        new(Id, row, Pending.FirstOrDefault(change => change.Hash == row.Hash), Words, CanChange: IsNewest && !IsWorking);

    /// <summary>The one row that was touched, or for a plain form the page on which it stands.</summary>
    private async Task<IActionResult> ShowRowAsync(string hash, Failure? failure, IReadOnlyList<RowMessage>? typed, CancellationToken ct)
    {
        var loaded = await LoadAsync(ct);
        if (!loaded.Ok || failure is { Kind: FailureKind.NotFound } || loaded.Value?.Reader.RowOf(hash) is not { } row)
        {
            return NotFound();
        }

        if (failure is null && !Request.IsHtmx())
        {
            return LocalRedirect($"{Address("rows", ("from", row.Position / PageSize * PageSize))}#row-{hash}");
        }

        await ReadPendingAsync(ct);
        Rows = [View(row) with { Typed = typed, Failure = failure, TakesFocus = Request.IsHtmx() }];
        Response.StatusCode = failure?.StatusCode() ?? StatusCodes.Status200OK;
        return Request.IsHtmx() ? Partial("_RowUpdate", this) : Page();
    }
}
