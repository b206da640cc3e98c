using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Rows;
using Republic.Core.Events;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Datasets;

public sealed class OverviewModel(DatasetCards cards, DatasetRows rows, DatasetEditor editor, LiveEvents live) : DatasetPage(cards, rows)
{
    public const int FirstErrors = 20;

    public override string Tab => "";

    [BindProperty]
    public NameForm Input { get; set; } = new();

    public string LivePosition { get; private set; } = "";

    public IReadOnlyList<RowError> Errors => Result?.Errors ?? [];

    /// <summary>How much the work has read, if it says.</summary>
    public string? WorkFigures =>
        Dataset.Detail is { Rows: > 0 } detail
            ? $"{Figures.Count(detail.Rows, "row")}, {ByteSize.Of(detail.Bytes)} of {ByteSize.Of(detail.BytesTotal)}"
            : null;

    public string? ColumnsSentence =>
        Dataset.Mapping is { } columns
            ? $"The question is in “{PlainName.Of(columns.Prompt)}”, the answer in “{PlainName.Of(columns.Answer)}”."
        : Result?.Format == "csv" ? "Which column is the question and which the answer was found out from their names."
        : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        var loaded = await LoadAsync(ct);
        if (!loaded.Ok)
        {
            return this.Refuse(loaded.Failure);
        }

        (Input.Name, Input.Description) = (Dataset.Name, Dataset.Description);
        return Request.IsHtmx() ? Partial("_Overview", this) : Page();
    }

    public async Task<IActionResult> OnPostRenameAsync(CancellationToken ct)
    {
        var input = new DatasetInput { Name = Input.Name, Description = Input.Description ?? "" };
        return string.IsNullOrWhiteSpace(Input.Name)
            ? await DoneAsync(Failure.Invalid("name", "A dataset needs a name."), ct)
            : await DoneAsync(await editor.UpdateAsync(Me, Id, input, ct), ct);
    }

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken ct) => await DoneAsync(await editor.CancelAsync(Me, Id, ct), ct);

    public async Task<IActionResult> OnPostAgainAsync(CancellationToken ct) => await DoneAsync(await editor.RetryAsync(Me, Id, ct), ct);

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        var found = await LoadAsync(ct);
        var deleted = found.Ok ? await editor.DeleteAsync(Me, Id, ct) : found.Failure;
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        this.Toast($"{Dataset.Name} is deleted.", "Its rows are gone from the disk.");
        return LocalRedirect("/datasets");
    }

    private async Task<IActionResult> DoneAsync(Outcome<Guid> outcome, CancellationToken ct)
    {
        if (outcome.Ok)
        {
            return LocalRedirect($"/datasets/{Id}");
        }

        var loaded = await LoadAsync(ct);
        if (!loaded.Ok)
        {
            return this.Refuse(loaded.Failure);
        }

        // A failed cancel or retry posted no name; the form shows the one that is.
        Input = Request.Form.ContainsKey("Input.Name") ? Input : new NameForm { Name = Dataset.Name, Description = Dataset.Description };
        return this.Refuse(outcome.Failure);
    }
}
