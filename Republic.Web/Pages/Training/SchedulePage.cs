using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Minions;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Schedules;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Training;

/// <summary>The form of a schedule, new or not.</summary>
public abstract class SchedulePage(
    RepublicDb db,
    TrainingSchedules schedules,
    DatasetCards datasets,
    TrainingCards runs,
    TrainingConfigReader reader
) : PageModel
{
    private const int MostMinions = 500;
    private const int MostRuns = 50;

    [BindProperty]
    public ScheduleForm Input { get; set; } = new();

    /// <summary>Null in a new one.</summary>
    public ScheduleCard? Card { get; protected set; }

    /// <summary>True where its runs learn from the chats with one minion, so that there is neither a minion nor a dataset to choose.</summary>
    public bool IsOfChats => Card?.Origin == RunOrigin.Interactions;

    public IReadOnlyList<Minion> Minions { get; private set; } = [];

    public IReadOnlyList<DatasetCard> Datasets { get; private set; } = [];

    public IEnumerable<Minion> Judges => Minions.Where(minion => minion.Citizen.IsActive && reader.CanJudge(minion));

    /// <summary>The machine that graded text is sent to.</summary>
    public string PlaceOf(Minion judge) => JudgeWords.Where(reader.LeavesMachine(judge), judge.Provider);

    /// <summary>Whose settings can be taken.</summary>
    public IReadOnlyList<TrainingCard> Runs { get; private set; } = [];

    public static IEnumerable<string> Zones =>
        TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId).Select(zone => zone.Id).Prepend("UTC").Distinct().Order();

    protected TrainingSchedules Schedules { get; } = schedules;

    protected Guid Me => CurrentPerson.From(User).Id;

    protected async Task<IActionResult> ShowAsync(Failure? failure, CancellationToken ct)
    {
        Minions = await db.Minions.AsNoTracking().OwnedBy(Me).Live().Sorted(MinionSort.Name).Take(MostMinions).ToListAsync(ct);
        Datasets = await datasets.ListAsync(Me, DatasetCards.MaxPage, before: null, ct);
        Runs = await runs.ListAsync(Me, new TrainingFilter(), MostRuns, before: null, ct);
        if (Input.LikeRun is { } like && Runs.All(run => run.Id != like) && await runs.FindAsync(Me, like, ct) is { Ok: true } older)
        {
            Runs = [older.Value, .. Runs];
        }

        return failure is null ? Page() : this.Refuse(TrainingForm.Beside(failure));
    }

    protected IActionResult Done(string fact, string meaning = "")
    {
        this.Toast(fact, meaning);
        return LocalRedirect("/training#schedules");
    }
}
