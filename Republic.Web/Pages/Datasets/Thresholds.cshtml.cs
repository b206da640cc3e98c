using Microsoft.AspNetCore.Mvc;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Uploads;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Datasets;

public sealed class ThresholdsModel(DatasetCards cards, DatasetRows rows, DatasetDryRun dryRun, DatasetEditor editor)
    : DatasetPage(cards, rows)
{
    public override string Tab => "thresholds";

    [BindProperty]
    public ThresholdForm Input { get; set; } = new();

    /// <summary>What the thresholds in the form would make of the dataset.</summary>
    public RefineryResult? Effect { get; private set; }

    public string EffectSentence =>
        (Effect!.Counts.Samples - Counts.Samples) switch
        {
            0 => "The same number of rows would be usable",
            > 0 and var more => $"{Figures.Count(more, "more row")} would be usable",
            var fewer => $"{Figures.Count(-fewer, "row")} fewer would be usable",
        };

    public Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        ShowAsync(
            "_Thresholds",
            _ =>
            {
                Input = ThresholdForm.Of(Settings);
                return Task.CompletedTask;
            },
            ct
        );

    public async Task<IActionResult> OnPostEffectAsync(CancellationToken ct)
    {
        var loaded = await LoadAsync(ct);
        if (!loaded.Ok)
        {
            return this.Refuse(loaded.Failure);
        }

        if (ModelState.IsValid)
        {
            var tried = await dryRun.RunAsync(Me, Id, Input.ToInput(), ct);
            Effect = tried.Value;
            if (!tried.Ok)
            {
                ModelState.AddFailure(ThresholdForm.InWords(tried.Failure));
            }
        }

        Response.StatusCode = ModelState.IsValid ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        return Request.IsHtmx() ? Partial("_Thresholds", this) : Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        var loaded = await LoadAsync(ct);
        if (!loaded.Ok)
        {
            return this.Refuse(loaded.Failure);
        }

        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        var failure =
            Outdated("Your thresholds are kept below. Check their effect, and save again.")
            ?? (await editor.RefineAgainAsync(Me, Id, Input.ToInput(), ct)).Failure;
        return failure is null ? LocalRedirect($"/datasets/{Id}") : this.Refuse(ThresholdForm.InWords(failure));
    }
}
