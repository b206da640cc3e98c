using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Uploads;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Datasets;

/// <summary>Which column of a table is what, when its names did not say or it turned out otherwise.</summary>
public sealed class ColumnsModel(DatasetCards cards, DatasetRows rows, DatasetLook looks, DatasetEditor editor) : DatasetPage(cards, rows)
{
    private bool isSent;

    public override string Tab => "columns";

    [BindProperty]
    public ColumnsForm Columns { get; set; } = new();

    /// <summary>Null where the source is no table.</summary>
    public ColumnsView? View { get; private set; }

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync(isChosen: false, ct);

    public Task<IActionResult> OnPostShowAsync(CancellationToken ct) => ShowAsync(isChosen: true, ct);

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        if (Columns.ToMapping() is not { } mapping)
        {
            isSent = true;
            ModelState.AddModelError("", "Choose the column of the question and that of the answer.");
            return await ShowAsync(isChosen: true, ct);
        }

        var loaded = await LoadAsync(ct);
        var failure =
            loaded.Failure
            ?? Outdated("Your choice is kept below. Check the rows, and save again.")
            ?? (await editor.RefineAgainAsync(Me, Id, new SettingsInput { Mapping = mapping }, ct)).Failure;
        if (failure is null)
        {
            return LocalRedirect($"/datasets/{Id}");
        }

        ModelState.AddFailure(failure, "Columns");
        return await ShowAsync(isChosen: true, ct);
    }

    private async Task<IActionResult> ShowAsync(bool isChosen, CancellationToken ct)
    {
        var loaded = await LoadAsync(ct);
        if (!loaded.Ok)
        {
            return this.Refuse(loaded.Failure);
        }

        var look = await looks.AtAsync(Me, Id, ct);
        if (look.Value?.Table is not { } table)
        {
            // Said of the page as a whole: there are no columns that it could stand beside.
            return this.Refuse(
                Failure.Invalid(
                    "",
                    look.Failure is { } failure
                        ? string.Join(' ', failure.Fields.Select(field => field.Message).DefaultIfEmpty(failure.Message))
                        : "This dataset is not a table: its rows say themselves what is the question and what the answer."
                )
            );
        }

        View = new ColumnsView(
            table,
            isChosen ? Columns : ColumnsForm.Of(Dataset.Mapping ?? table.Guess),
            $"/datasets/{Id}/columns?handler=Show",
            isSent
        );
        Response.StatusCode = ModelState.IsValid ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        return Request.IsHtmx() ? Partial("_Columns", View) : Page();
    }
}
