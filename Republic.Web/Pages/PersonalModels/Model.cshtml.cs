using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.PersonalModels.Installing;
using Republic.Core.PersonalModels.Managing;
using Republic.Core.PersonalModels.Serving;
using Republic.Core.Training.Versions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>The page of one model of a person: its progress, its memory, its measured figures, and the actions on it.</summary>
public sealed class ModelModel(
    ModelViews views,
    InstallControl install,
    QuarantineRelease release,
    ModelCopies copies,
    ModelVersions versions,
    LiveEvents live
) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Variant { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Context { get; set; }

    public Guid Me => CurrentPerson.From(User).Id;

    public ModelView View { get; private set; } = null!;

    public string LivePosition { get; private set; } = "";

    public string WatchAddress => $"/personal-models/{Id}?handler=Progress";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        return await LoadAsync(ct) is { } missing ? this.Refuse(missing)
            : Request.IsHtmx() && View.Matrix is not null ? Partial("_Matrix", View.Matrix)
            : Page();
    }

    public Task<IActionResult> OnGetProgressAsync(CancellationToken ct) => PartAsync("_Model", ct);

    public Task<IActionResult> OnGetMemoryAsync(CancellationToken ct) => PartAsync("_Memory", ct);

    public Task<IActionResult> OnPostPauseAsync(CancellationToken ct) => DoneAsync(install.PauseAsync(Me, Id, ct), ct);

    /// <summary>Resumes an installation, or lets a model in again over which the model host crashed.</summary>
    public Task<IActionResult> OnPostResumeAsync(CancellationToken ct) => DoneAsync(release.TryAgainAsync(Me, Id, ct), ct);

    public Task<IActionResult> OnPostLoadAnywayAsync(CancellationToken ct) => DoneAsync(install.LoadAnywayAsync(Me, Id, ct), ct);

    public Task<IActionResult> OnPostTestAsync(CancellationToken ct) => DoneAsync(install.TestAsync(Me, Id, ct), ct);

    public Task<IActionResult> OnPostQuantizeAsync(string? type, CancellationToken ct) =>
        DoneAsync(copies.QuantizeAsync(Me, Id, new ModelCopyOrder { Type = type }, ct), ct);

    public Task<IActionResult> OnPostRollbackAsync(Guid minion, int version, CancellationToken ct) =>
        DoneAsync(versions.RollbackAsync(Me, Id, new ModelRollback { MinionId = minion, Version = version }, ct), ct);

    private async Task<IActionResult> DoneAsync(Task<Outcome<Guid>> doing, CancellationToken ct)
    {
        var done = await doing;
        if (done.Ok)
        {
            return LocalRedirect($"/personal-models/{done.Value}");
        }

        return await LoadAsync(ct) is { } missing ? this.Refuse(missing) : this.Refuse(done.Failure);
    }

    private async Task<IActionResult> PartAsync(string partial, CancellationToken ct) =>
        await LoadAsync(ct) is { } missing ? this.Refuse(missing) : Partial(partial, this);

    private async Task<Failure?> LoadAsync(CancellationToken ct)
    {
        var found = await views.FindAsync(Me, Id, Variant, Context, ct);
        View = found.Value!;
        return found.Failure;
    }
}
