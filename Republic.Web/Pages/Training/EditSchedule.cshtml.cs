using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Schedules;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Training;

public sealed class EditScheduleModel(
    RepublicDb db,
    TrainingSchedules schedules,
    DatasetCards datasets,
    TrainingCards runs,
    TrainingConfigReader reader
) : SchedulePage(db, schedules, datasets, runs, reader)
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is { } missing)
        {
            return this.Refuse(missing);
        }

        Input = ScheduleForm.Of(Card!);
        return await ShowAsync(null, ct);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is { } missing)
        {
            return this.Refuse(missing);
        }

        var changed = await Schedules.ChangeAsync(Me, id, Input.ToInput(), ct);
        return changed.Ok ? Done($"{Input.Name} is changed.") : await ShowAsync(changed.Failure, ct);
    }

    public async Task<IActionResult> OnPostPauseAsync(Guid id, bool paused, CancellationToken ct)
    {
        var changed = await Schedules.ChangeAsync(Me, id, new ScheduleInput(Paused: paused), ct);
        return changed.Ok ? Done(paused ? "The schedule pauses." : "The schedule goes on.") : Refused(changed.Failure);
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken ct)
    {
        var hasPausedRun = (await Schedules.FindAsync(Me, id, ct)).Value?.Stopped is not null;
        var deleted = await Schedules.DeleteAsync(Me, id, ct);
        var paused = hasPausedRun ? " The last one is paused; you can continue it on its page." : "";
        return deleted.Ok ? Done("The schedule is deleted.", $"Runs that it made stay.{paused}") : Refused(deleted.Failure);
    }

    /// <summary>These come from a list, which has no fields to put a message beside.</summary>
    private IActionResult Refused(Failure failure)
    {
        if (failure.Kind == FailureKind.NotFound)
        {
            return this.Refuse(failure);
        }

        this.Toast(failure.Message, tone: "bad");
        return LocalRedirect("/training#schedules");
    }

    private async Task<Failure?> LoadAsync(Guid id, CancellationToken ct)
    {
        var found = await Schedules.FindAsync(Me, id, ct);
        Card = found.Value;
        return found.Failure;
    }
}
