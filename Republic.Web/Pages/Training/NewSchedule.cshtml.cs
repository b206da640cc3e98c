using Microsoft.AspNetCore.Mvc;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Schedules;
using Republic.Web.Http;

namespace Republic.Web.Pages.Training;

public sealed class NewScheduleModel(
    RepublicDb db,
    TrainingSchedules schedules,
    DatasetCards datasets,
    TrainingCards runs,
    TrainingConfigReader reader
) : SchedulePage(db, schedules, datasets, runs, reader)
{
    private readonly TrainingCards runs = runs;

    /// <param name="run">Repeats this run: its minion, its datasets and its settings.</param>
    public async Task<IActionResult> OnGetAsync(Guid? run, Guid? minion, CancellationToken ct)
    {
        Input.MinionId = minion;
        if (run is not { } id)
        {
            return await ShowAsync(null, ct);
        }

        var like = await runs.FindAsync(Me, id, ct);
        if (!like.Ok)
        {
            return this.Refuse(like.Failure);
        }

        (Input.Name, Input.MinionId, Input.LikeRun) = (like.Value.JobName, like.Value.MinionId, id);
        (Input.DatasetIds, Input.JudgeMinionId) = ([.. like.Value.DatasetIds], like.Value.Config.ChosenJudge);
        return await ShowAsync(null, ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var made = await Schedules.CreateAsync(Me, Input.ToInput(), ct);
        return made.Ok
            ? Done($"{Input.Name} is planned.", "Runs are made when something is new in the datasets.")
            : await ShowAsync(made.Failure, ct);
    }
}
