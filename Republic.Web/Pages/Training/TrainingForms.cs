using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Grading;
using Republic.Core.Training.Runs;

namespace Republic.Web.Pages.Training;

/// <summary>Reads what the form of a new run shows beside what was typed: minions, datasets, collections.</summary>
public sealed class TrainingForms(
    RepublicDb db,
    DatasetCards datasets,
    TrainingConfigReader reader,
    ProviderCatalog catalog,
    JudgeOffers judges,
    TrainingEditor editor
)
{
    private const int MostMinions = 500;

    /// <summary>Proposes a judge, in place of the one that was proposed before; a judge that the person chose stays, and so does none.</summary>
    public async Task ProposeJudgeAsync(TrainingFormView view, CancellationToken ct)
    {
        if (view.Chosen is { } minion && view.Input.JudgeMinionId == view.Input.ProposedJudge)
        {
            view.Input.JudgeMinionId = view.Input.ProposedJudge = (await judges.ProposeAsync(view.Minions, minion.Id, ct))?.Id;
        }
    }

    /// <summary>Consequences of the chosen judge.</summary>
    public async Task<TrainingFormView> WithJudgeAsync(TrainingFormView view, CancellationToken ct) =>
        view.Chosen is { } minion && view.Judges.FirstOrDefault(judge => judge.Id == view.Input.JudgeMinionId) is { } judge
            ? view with
            {
                Judge = await judges.OfAsync(judge, minion.Id, view.HeldOut, view.Repeats, view.TrainsWeights, ct),
            }
            : view;

    /// <summary>Chosen is the person's most used minion where none is asked for, or the one that is asked for is not theirs.</summary>
    public async Task<TrainingFormView> ViewAsync(Guid me, TrainingForm input, CancellationToken ct)
    {
        var mine = db.Minions.AsNoTracking().OwnedBy(me).Live();
        var minions = await mine.Sorted(MinionSort.Used).Take(MostMinions).ToListAsync(ct);
        var asked = input.MinionId is { } id
            ? minions.Find(candidate => candidate.Id == id) ?? await mine.SingleOrDefaultAsync(m => m.Id == id, ct)
            : null;
        var minion = asked ?? minions.FirstOrDefault();
        if (minion is not null && input.TakesProposal)
        {
            var earlier = await db.TrainingJobs.OwnedBy(me).CountAsync(job => job.MinionId == minion.Id, ct);
            input.JobName = input.Proposed = $"{minion.Citizen.DisplayName}, run {earlier + 1}";
        }

        var sets = await datasets.ListAsync(me, DatasetCards.MaxPage, before: null, ct);
        var collections = await CollectionChoice.ListAsync(db, me, ct);
        var refusal = minion is null ? null : editor.RefusalOf(minion);
        return new TrainingFormView(input, minion, minions, sets, collections, catalog, reader, refusal);
    }
}
