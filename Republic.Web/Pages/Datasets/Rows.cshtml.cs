using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Rows;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Datasets;

public sealed class RowsModel(DatasetCards cards, DatasetRows rows, RowEditor rowEditor, DatasetEditor editor)
    : RowsPage(cards, rows, rowEditor)
{
    private readonly RowEditor rowEditor = rowEditor;

    public async Task<IActionResult> OnPostDropAsync(string? hash, CancellationToken ct) =>
        await ShowRowAsync(hash ?? "", (await rowEditor.ChangeAsync(Me, Id, hash ?? "", null, ct)).Failure, null, ct);

    public async Task<IActionResult> OnPostEditAsync(string? hash, IReadOnlyList<MessageForm> messages, CancellationToken ct)
    {
        var loaded = await LoadAsync(ct);
        if (hash is null || loaded.Value?.Reader.RowOf(hash) is not { } row)
        {
            return await ShowGoneAsync(hash ?? "", messages, ct);
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

    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken ct) =>
        await EndAsync(await RefusalAsync(ct) ?? (await rowEditor.DiscardAsync(Me, Id, null, ct)).Failure, "/rows", ct);

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct) =>
        await EndAsync(await RefusalAsync(ct) ?? (await editor.SaveChangesAsync(Me, Id, ct)).Failure, "", ct);

    private async Task<Failure?> RefusalAsync(CancellationToken ct) =>
        (await LoadAsync(ct)).Failure ?? Outdated("Changes that still wait are below: look at them, and go on from there.");

    private async Task<IActionResult> EndAsync(Failure? failure, string next, CancellationToken ct)
    {
        if (failure is null or { Kind: FailureKind.NotFound })
        {
            return failure is null ? LocalRedirect($"/datasets/{Id}{next}") : NotFound();
        }

        ModelState.AddFailure(failure);
        Response.StatusCode = failure.StatusCode();
        return await OnGetAsync(ct);
    }

    /// <summary>The one row that was touched, or for a plain form the page on which it stands.</summary>
    private async Task<IActionResult> ShowRowAsync(string hash, Failure? failure, IReadOnlyList<RowMessage>? typed, CancellationToken ct)
    {
        var loaded = await LoadAsync(ct);
        if (failure is { Kind: FailureKind.NotFound } || loaded.Value?.Reader.RowOf(hash) is not { } row)
        {
            return await ShowGoneAsync(hash, [], ct);
        }

        if (failure is null && !Request.IsHtmx())
        {
            return LocalRedirect($"{Address("rows", ("from", row.Position / PageSize * PageSize))}#row-{hash}");
        }

        await ReadPendingAsync(ct);
        return Show(View(row) with { Typed = typed, Failure = failure });
    }

    /// <summary>The row as it is in the version from which it was sent, with what was typed, when the newest has it no more.</summary>
    private async Task<IActionResult> ShowGoneAsync(string hash, IReadOnlyList<MessageForm> typed, CancellationToken ct)
    {
        Asked = Seen ?? 0;
        if (
            (await LoadAsync(ct)).Value?.Reader.RowOf(hash) is not { } row
            || Outdated("In it this row is another, or gone.") is not { } failure
        )
        {
            return NotFound();
        }

        await ReadPendingAsync(ct);
        var view = View(row) with { CanChange = true, Failure = failure };
        return Show(view with { Typed = typed.Count == 0 ? null : view.Edited(typed) });
    }

    private IActionResult Show(RowView row)
    {
        Rows = [row with { TakesFocus = Request.IsHtmx() }];
        Response.StatusCode = row.Failure?.StatusCode() ?? StatusCodes.Status200OK;
        return Request.IsHtmx() ? Partial("_RowUpdate", this) : Page();
    }
}
