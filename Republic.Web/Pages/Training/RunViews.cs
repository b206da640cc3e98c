using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Minions;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;
using Republic.Web.Pages.Training.Charts;
using Republic.Web.Pages.Training.Reports;

namespace Republic.Web.Pages.Training;

/// <summary>Reads everything that the page of one run shows.</summary>
public sealed class RunViews(TrainingCards cards, TrainingLog log, RunAnswers answers, TrainingControl control, RepublicDb db)
{
    public async Task<Outcome<RunView>> FindAsync(Guid me, Guid id, CancellationToken ct)
    {
        var losses = await log.LossesAsync(me, id, after: 0, ct);
        if (!losses.Ok)
        {
            return losses.Failure;
        }

        var found = await FindAsync(me, id, LossPoint.Of(losses.Value.Select(loss => loss.Data)), ct);
        return !found.Ok ? found.Failure : await WithReportAsync(found.Value with { Losses = losses.Value }, ct);
    }

    /// <summary>What changes while the run works, however long it has worked: of its losses the ends alone.</summary>
    public async Task<Outcome<RunView>> UpdateAsync(Guid me, Guid id, CancellationToken ct) =>
        await FindAsync(me, id, await log.LossEndsAsync(me, id, ct), ct);

    /// <summary>The points of the chart after a number.</summary>
    public Task<Outcome<IReadOnlyList<JournalEntry>>> LossesAsync(Guid me, Guid id, long after, CancellationToken ct) =>
        log.LossesAsync(me, id, after, ct);

    private async Task<Outcome<RunView>> FindAsync(Guid me, Guid id, IReadOnlyList<LossPoint> points, CancellationToken ct)
    {
        var found = await cards.FindAsync(me, id, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        var run = found.Value;
        // A minion that was deleted meanwhile still has its face on the runs it was in.
        var minion = await db.Minions.AsNoTracking().OwnedBy(me).Where(m => m.Id == run.MinionId).Cards().SingleAsync(ct);
        var lines = (await log.ReadAsync(me, id, ct)).Select(line => LogLine.Of(line, run.Method));
        return new RunView(run, minion, me, LossCurve.Of(points), [.. lines])
        {
            Obstacle = run.IsActive || run.Report is not null ? null : await control.ObstacleAsync(me, id, ct),
        };
    }

    private async Task<Outcome<RunView>> WithReportAsync(RunView view, CancellationToken ct)
    {
        if (view.Run.Report is not { } report)
        {
            return view;
        }

        var said = await answers.ReadAsync(view.Me, view.Run.Id, ct);
        var ids = report.Collections.Select(collection => collection.Id).ToList();
        return said.Ok
            ? view with
            {
                Answers = AnswerPair.Of(said.Value),
                Links = await db
                    .Collections.OwnedBy(view.Me)
                    .Where(c => ids.Contains(c.Id))
                    .Select(c => new { c.Id, Minions = db.CollectionLinks.Count(l => l.CollectionId == c.Id) })
                    .ToDictionaryAsync(c => c.Id, c => c.Minions, ct),
            }
            : said.Failure;
    }
}
