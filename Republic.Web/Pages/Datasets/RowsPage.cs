using Microsoft.AspNetCore.Mvc;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Versions;

namespace Republic.Web.Pages.Datasets;

/// <summary>The rows of a version, a page at a time or as far as a search found them, each with what is to become of it.</summary>
public abstract class RowsPage(DatasetCards cards, DatasetRows rows, RowEditor rowEditor) : DatasetPage(cards, rows)
{
    protected const int PageSize = 20;

    public override string Tab => "rows";

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true)]
    public int From { get; set; }

    public IReadOnlyList<RowView> Rows { get; protected set; } = [];

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

    protected async Task ReadPendingAsync(CancellationToken ct) => Pending = (await rowEditor.WaitingAsync(Me, Id, ct)).Value ?? [];

    protected RowView View(SampleRow row) =>
        new(Id, row, Pending.FirstOrDefault(change => change.Hash == row.Hash), Words, CanChange: IsNewest && !IsWorking)
        {
            Seen = Version,
        };

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
}
