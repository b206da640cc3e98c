using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Episodes.Rows;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Episodes;

/// <summary>Makes a dataset of what a role knew and said in an episode that is over.</summary>
public sealed class DatasetModel(EpisodeDataset datasets) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Null for the timeline that is shown.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Timeline { get; set; }

    [BindProperty]
    public EpisodeDatasetForm Input { get; set; } = new();

    public EpisodeDatasetPreview Preview { get; private set; } = null!;

    public string Back => Timeline is { } timeline ? $"/episodes/{Id}?timeline={timeline}" : $"/episodes/{Id}";

    /// <summary>The address of the form. It names the timeline that is seen, whichever is shown by then.</summary>
    public string Action => $"/episodes/{Id}/dataset?timeline={Preview.TimelineId}";

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (await LoadAsync(ct) is { } failure)
        {
            return Refused(failure);
        }

        Input.Role = Preview.Suggested;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var made = await datasets.MakeAsync(Me, Id, Timeline, Input.ToInput(), ct);
        if (made.Ok)
        {
            return LocalRedirect($"/datasets/{made.Value}");
        }

        return await LoadAsync(ct) is { } failure ? Refused(failure) : this.Refuse(made.Failure);
    }

    private async Task<Failure?> LoadAsync(CancellationToken ct)
    {
        var found = await datasets.PreviewAsync(Me, Id, Timeline, ct);
        Preview = found.Value!;
        return found.Failure;
    }

    /// <summary>One that is not over has nothing to show here: it says so on its own page.</summary>
    private IActionResult Refused(Failure failure)
    {
        if (failure.Kind != FailureKind.Conflict)
        {
            return this.Refuse(failure);
        }

        this.Toast("No dataset yet.", failure.Message, tone: "bad");
        return LocalRedirect(Back);
    }
}
