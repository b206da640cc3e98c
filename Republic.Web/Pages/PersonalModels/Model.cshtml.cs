using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Installing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>The page of one model of a person: its progress, its memory, its measured figures, and the actions on it.</summary>
public sealed class ModelModel(
    PersonalModelCards cards,
    ModelVerdicts verdicts,
    ModelFits fits,
    PersonalModelEditor editor,
    InstallControl install,
    LiveEvents live
) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Variant { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Context { get; set; }

    [BindProperty]
    public NameForm Input { get; set; } = new();

    public Guid Me => CurrentPerson.From(User).Id;

    public PersonalModelCard Card { get; private set; } = null!;

    public FitReport? Fit { get; private set; }

    public MatrixView? Matrix { get; private set; }

    public string LivePosition { get; private set; } = "";

    public IReadOnlyList<StageView> Stages => StageView.Of(Card, Fit);

    public string WatchAddress => $"/personal-models/{Id}?handler=Progress";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        return await LoadAsync(ct) is { } missing ? this.Refuse(missing)
            : Request.IsHtmx() && Matrix is not null ? Partial("_Matrix", Matrix)
            : Page();
    }

    public async Task<IActionResult> OnGetProgressAsync(CancellationToken ct) =>
        await LoadAsync(ct) is { } missing ? this.Refuse(missing) : Partial("_Model", this);

    public Task<IActionResult> OnPostPauseAsync(CancellationToken ct) => DoneAsync(install.PauseAsync(Me, Id, ct), ct);

    public Task<IActionResult> OnPostResumeAsync(CancellationToken ct) => DoneAsync(install.ResumeAsync(Me, Id, ct), ct);

    public Task<IActionResult> OnPostLoadAnywayAsync(CancellationToken ct) => DoneAsync(install.LoadAnywayAsync(Me, Id, ct), ct);

    public Task<IActionResult> OnPostTestAsync(CancellationToken ct) => DoneAsync(install.TestAsync(Me, Id, ct), ct);

    public Task<IActionResult> OnPostNameAsync(CancellationToken ct) =>
        DoneAsync(editor.RenameAsync(Me, Id, Input.CustomName ?? "", ct), ct);

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(Me, Id, ct);
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        this.Toast($"{deleted.Value} is gone.");
        return LocalRedirect("/personal-models");
    }

    private async Task<IActionResult> DoneAsync(Task<Outcome<Guid>> doing, CancellationToken ct)
    {
        var done = await doing;
        if (done.Ok)
        {
            return LocalRedirect($"/personal-models/{Id}");
        }

        return await LoadAsync(ct) is { } missing ? this.Refuse(missing) : this.Refuse(done.Failure);
    }

    private async Task<Failure?> LoadAsync(CancellationToken ct)
    {
        var found = await cards.FindAsync(Me, Id, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        Card = found.Value;
        Fit = await verdicts.OfAsync(Card, ct);
        Matrix = await verdicts.MatrixAsync(Card, ct) is { } matrix
            ? new MatrixView(
                matrix,
                await fits.MemoryAsync(ct),
                $"/personal-models/{Id}",
                new Dictionary<string, string>(),
                Variant ?? Card.Variant,
                Context
            )
            : null;
        return null;
    }
}
