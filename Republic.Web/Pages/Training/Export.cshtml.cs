using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Training.Exports;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Training;

/// <summary>A run's weights for other programs. They are checked before they are offered.</summary>
public sealed class ExportModel(TrainingCards cards, AdapterExports exports) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public TrainingCard Run { get; private set; } = null!;

    /// <summary>Null where the weights are of no use as they are.</summary>
    public AdapterExport? Export { get; private set; }

    public Failure? Problem { get; private set; }

    public TrainingReport.BeginTokenCheck? BeginToken => Run.Report?.Adapter?.BeginToken;

    public string Downloads => $"/api/users/{Me}/external-training/jobs/{Id}";

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var (run, export) = (await cards.FindAsync(Me, Id, ct), await exports.FindAsync(Me, Id, ct));
        if (!run.Ok || export.Failure is { Kind: FailureKind.NotFound })
        {
            return this.Refuse(run.Failure ?? export.Failure!);
        }

        (Run, Export, Problem) = (run.Value, export.Value, export.Failure);
        Response.StatusCode = Problem?.StatusCode() ?? StatusCodes.Status200OK;
        return Page();
    }
}
