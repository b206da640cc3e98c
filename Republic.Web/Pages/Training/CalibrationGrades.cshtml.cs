using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Training.Calibration;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Training;

public sealed class CalibrationGradesModel(Calibrations calibrations) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Of the first and the second answer of each pair, in order.</summary>
    [BindProperty]
    public List<double?> Points { get; set; } = [];

    public CalibrationCard Calibration { get; private set; } = null!;

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var found = await LoadAsync(ct);
        return found is null ? Page() : found;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is { } missing)
        {
            return missing;
        }

        for (var i = 0; i < Points.Count; i++)
        {
            if (Points[i] is not (>= 0 and <= 100) && ModelState[$"Points[{i}]"] is not { Errors.Count: > 0 })
            {
                ModelState.AddModelError($"Points[{i}]", "0 to 100 points.");
            }
        }

        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        var graded = await calibrations.GradeAsync(Me, Id, Points, ct);
        return graded.Ok ? LocalRedirect($"/training/calibration/{Id}") : this.Refuse(graded.Failure, prefix: "");
    }

    /// <returns>What to answer instead of the page; null where there is one.</returns>
    private async Task<IActionResult?> LoadAsync(CancellationToken ct)
    {
        var found = await calibrations.FindAsync(Me, Id, ct);
        if (!found.Ok)
        {
            return this.Refuse(found.Failure);
        }

        Calibration = found.Value;
        var answers = 2 * Calibration.Pairs.Count;
        Points = [.. Points.Take(answers), .. Enumerable.Repeat<double?>(null, Math.Max(0, answers - Points.Count))];
        return null;
    }
}
