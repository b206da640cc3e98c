using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Training.Runs;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Pages.Training.Charts;
using Republic.Web.Pages.Training.Reports;

namespace Republic.Web.Pages.Training;

public sealed class CompareModel(TrainingCards cards) : PageModel
{
    public const int Most = 4;
    private const int Offered = 50;

    /// <summary>Ids, separated by commas or given again and again.</summary>
    [BindProperty(SupportsGet = true, Name = "runs")]
    public string[] Asked { get; set; } = [];

    public CompareView View { get; private set; } = new([], []);

    /// <summary>To choose from; those that are compared first.</summary>
    public IReadOnlyList<TrainingCard> Choices { get; private set; } = [];

    public IReadOnlyList<Guid> Chosen { get; private set; } = [];

    public string? Problem { get; private set; }

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var texts = Asked.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        List<Guid> ids = [];
        foreach (var text in texts)
        {
            if (!Guid.TryParse(text, out var id))
            {
                return this.Refuse(Failure.NotFound("training job"));
            }

            ids.Add(id);
        }

        var asked = ids.Distinct().ToList();
        Chosen = [.. asked.Take(Most)];
        Problem = asked.Count > Most ? $"{asked.Count} runs are too many to see anything in. These are the first {Most}." : null;
        List<TrainingCard> runs = [];
        List<LossCurve> curves = [];
        foreach (var id in Chosen)
        {
            var (run, points) = (await cards.FindAsync(Me, id, ct), await cards.LossesAsync(Me, id, ct));
            if (!run.Ok || !points.Ok)
            {
                return this.Refuse(run.Failure ?? points.Failure!);
            }

            runs.Add(run.Value);
            curves.Add(LossCurve.Of(points.Value));
        }

        View = new CompareView(runs, curves);
        Choices = [.. runs, .. (await cards.ListAsync(Me, new TrainingFilter(), Offered, null, ct)).Where(run => !Chosen.Contains(run.Id))];
        return Page();
    }
}
