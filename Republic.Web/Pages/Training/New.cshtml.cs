using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Training.Runs;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Training;

public sealed class NewModel(TrainingForms forms, TrainingCards runs, TrainingEditor editor, TrainingControl control) : PageModel
{
    [BindProperty]
    public TrainingForm Input { get; set; } = new();

    public TrainingFormView Form { get; private set; } = null!;

    private Guid Me => CurrentPerson.From(User).Id;

    /// <summary>The run whose settings the form begins with.</summary>
    public TrainingCard? Earlier { get; private set; }

    /// <param name="like">Begins with the settings of this run.</param>
    public async Task<IActionResult> OnGetAsync(Guid? minion, Guid? dataset, Guid? like, CancellationToken ct)
    {
        if (like is { } id)
        {
            return await LikeAsync(id, ct);
        }

        (Input.Request, Input.MinionId) = (Guid.CreateVersion7(), minion);
        var found = await LoadAsync(ct);
        await forms.ProposeJudgeAsync(Form, ct);
        // With one dataset there is nothing to choose.
        Input.DatasetIds =
            dataset is { } given ? [given]
            : Form.Datasets is [{ Status: DatasetStatus.Ready } only] ? [only.Id]
            : [];
        return found ? await ShowAsync(ct) : this.Refuse(Failure.NotFound("minion"));
    }

    private async Task<IActionResult> LikeAsync(Guid id, CancellationToken ct)
    {
        var run = await runs.FindAsync(Me, id, ct);
        if (!run.Ok)
        {
            return this.Refuse(run.Failure);
        }

        (Earlier, Input) = (run.Value, TrainingForm.Like(run.Value));
        Input.Request = Guid.CreateVersion7();
        return await LoadAsync(ct) ? await ShowAsync(ct) : this.Refuse(Failure.NotFound("minion"));
    }

    private async Task<PageResult> ShowAsync(CancellationToken ct)
    {
        Form = await forms.WithJudgeAsync(Form, ct);
        return Page();
    }

    /// <summary>Starts it, or keeps it for later.</summary>
    public async Task<IActionResult> OnPostAsync(bool later, CancellationToken ct)
    {
        var unreadable = ModelState.TakeUnreadable();
        var config = Input.ToConfig(unreadable);
        var made = await editor.CreateAsync(Me, Input.ToInput(unreadable), config, FormId.Of(Me, Input.Request), ct);
        if (made.Failure is { } failure)
        {
            await LoadAsync(ct);
            Response.StatusCode = failure.StatusCode();
            ModelState.AddFailure(TrainingForm.Beside(failure));
            return await ShowAsync(ct);
        }

        var started = later ? made : await control.StartAsync(Me, made.Value, ct);
        if (started.Failure is { } refusal)
        {
            this.Toast($"{Input.JobName} is saved, and not started.", refusal.Message, tone: "bad");
        }
        else
        {
            this.Toast(later ? $"{Input.JobName} is saved." : $"{Input.JobName} is under way.", later ? "Start it whenever you like." : "");
        }

        return LocalRedirect(later || !started.Ok ? "/training" : $"/training/{made.Value}");
    }

    /// <summary>Another minion is chosen, or the browser has no scripts: the form anew, with what follows from what was typed.</summary>
    public async Task<IActionResult> OnPostFieldsAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        // Drawn anew from the form, in which the name may have followed the minion.
        ModelState.Clear();
        await forms.ProposeJudgeAsync(Form, ct);
        return Request.IsHtmx() ? Partial("_Form", await forms.WithJudgeAsync(Form, ct)) : await ShowAsync(ct);
    }

    /// <summary>Consequences of what is chosen so far. All in one answer, so that none that is late tells of an earlier choice.</summary>
    public async Task<IActionResult> OnPostEffectAsync(CancellationToken ct) =>
        await LoadAsync(ct) && Form.Chosen is not null
            ? Partial("_EffectUpdate", await forms.WithJudgeAsync(Form, ct))
            : this.Refuse(Failure.NotFound("minion"));

    /// <returns>False where the minion that is asked for is not the person's.</returns>
    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Form = await forms.ViewAsync(Me, Input, ct);
        return Input.MinionId is null || Form.Chosen?.Id == Input.MinionId;
    }
}
