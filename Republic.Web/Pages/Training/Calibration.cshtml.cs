using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Training.Calibration;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Training;

public sealed class CalibrationModel(Calibrations calibrations, TrainingCards cards) : PageModel
{
    private const int LastRuns = 100;

    [BindProperty(SupportsGet = true)]
    public Guid Job { get; set; }

    [BindProperty]
    public long Seed { get; set; } = 1;

    /// <summary>Finished, and with enough graded answers to draw from.</summary>
    public IReadOnlyList<TrainingCard> Runs { get; private set; } = [];

    public IReadOnlyList<CalibrationCard> Calibrations { get; private set; } = [];

    private Guid Me => CurrentPerson.From(User).Id;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (ModelState.IsValid)
        {
            var drawn = await calibrations.NewAsync(Me, Job, Seed, ct);
            if (drawn.Ok)
            {
                return LocalRedirect($"/training/calibration/{drawn.Value}");
            }

            await LoadAsync(ct);
            return this.Refuse(drawn.Failure);
        }

        await LoadAsync(ct);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken ct)
    {
        var deleted = await calibrations.DeleteAsync(Me, id, ct);
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        this.Toast("It is deleted.");
        return LocalRedirect("/training/calibration");
    }

    public static bool CanDraw(TrainingReport report) =>
        report.GradedBy == "judge" && report.Questions.Sum(question => question.Before.Count) >= CalibrationDraw.Pairs;

    private async Task LoadAsync(CancellationToken ct)
    {
        Calibrations = await calibrations.ListAsync(Me, ct);
        var finished = await cards.ListAsync(Me, new TrainingFilter(TrainingStatus.Completed), LastRuns, before: null, ct);
        Runs = [.. finished.Where(run => run.Report is { } report && CanDraw(report))];
    }
}
