using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Interactions;
using Republic.Core.Interactions.Lineage;
using Republic.Core.Interactions.PersonalData;
using Republic.Core.Minions;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Schedules;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Training.Interactions;

public sealed class IndexModel(
    RepublicDb db,
    InteractionReader reader,
    InteractionRuns runs,
    InteractionJobs jobs,
    TrainingSchedules schedules,
    VersionLineage lineage
) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid? Minion { get; set; }

    /// <summary>The reason whose left-out pairs are listed; null lists the pairs that may be learned.</summary>
    [BindProperty(SupportsGet = true)]
    public PairRefusal? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public int From { get; set; }

    public IReadOnlyList<MinionCard> Minions { get; private set; } = [];

    /// <summary>What the minion could learn; null where the person has no minion.</summary>
    public LearningView? Learning { get; private set; }

    public PairPage Pairs { get; private set; } = null!;

    public Failure? Failure { get; private set; }
    private RefusedSchedule? refused;

    private Guid Me => CurrentPerson.From(User).Id;

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    /// <param name="anew">From the base instead of from the version in use.</param>
    /// <param name="form">Made with the page, so that sending it twice makes one run.</param>
    public async Task<IActionResult> OnPostTrainAsync(bool anew, Guid form, CancellationToken ct)
    {
        var order = new InteractionOrder(Minion, Anew: anew) { Id = FormId.Of(Me, form) };
        var started = await runs.StartAsync(Me, order, ct);
        return started.Ok ? LocalRedirect($"/training/{started.Value}") : await RefusedAsync(started.Failure, ct);
    }

    public async Task<IActionResult> OnPostRulesAsync(
        [FromServices] LearningRules rules,
        Dictionary<PersonalDataKind, PersonalDataRule> kinds,
        bool memories,
        CancellationToken ct
    )
    {
        var set = ModelState.IsValid
            ? await rules.SetAsync(Me, Minion ?? Guid.Empty, kinds, memories, ct)
            : Failure.Invalid("kinds", "Personal data can be masked, kept or left out. Choose again.");
        return set.Ok ? Again("Your choices are saved.") : await RefusedAsync(set.Failure, ct);
    }

    public async Task<IActionResult> OnPostScheduleAsync(bool weekly, string? timeZone, CancellationToken ct)
    {
        var set = await WeeklyLearning.SetAsync(db, schedules, Me, Minion ?? Guid.Empty, weekly, timeZone, ct);
        refused = set.Ok ? null : new RefusedSchedule(weekly, timeZone, set.Failure.Message);
        return set.Ok ? Again(weekly ? "Weekly training is on." : "Weekly training is off.") : await RefusedAsync(set.Failure, ct);
    }

    private LocalRedirectResult Again(string fact)
    {
        this.Toast(fact);
        return LocalRedirect(ChatsAddress.Of(Minion));
    }

    private async Task<IActionResult> RefusedAsync(Failure failure, CancellationToken ct)
    {
        if (failure.Kind == FailureKind.NotFound)
        {
            return this.Refuse(failure);
        }

        (Failure, Response.StatusCode) = (failure, failure.StatusCode());
        return await ShowAsync(ct);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        Minions = await LearningMinions.ListAsync(db.Minions, Me, ct);
        Minion ??= LearningMinions.Usual(Minions);
        if (Minion is not { } minion)
        {
            return Page();
        }

        var read = await reader.ReadAsync(Me, minion, anew: false, ct);
        if (!read.Ok)
        {
            return this.Refuse(read.Failure);
        }

        var last = await jobs.ListAsync(Me, minion, 1, before: null, ct);
        var planned = (await schedules.ListAsync(Me, minion, ct)).FirstOrDefault(card => card.Origin == RunOrigin.Interactions);
        var missing = await runs.MissingForScheduleAsync(read.Value, ct);
        var sources = await lineage.ReadAsync(Me, minion, ct);
        Learning = new LearningView(read.Value, last is [var newest] ? newest : null, planned, missing, sources) { Refused = refused };
        Pairs = await PairPage.ReadAsync(db, read.Value, Show, From, ct);
        return Page();
    }
}
