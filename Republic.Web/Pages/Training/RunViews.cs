using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;
using Republic.Web.Pages.Training.Charts;
using Republic.Web.Pages.Training.Reports;

namespace Republic.Web.Pages.Training;

/// <summary>Reads everything that the page of one run shows.</summary>
public sealed class RunViews(TrainingCards cards, TrainingLog log, RunAnswers answers, RepublicDb db)
{
    public async Task<Outcome<RunView>> FindAsync(Guid me, Guid id, CancellationToken ct)
    {
        var found = await cards.FindAsync(me, id, ct);
        var points = found.Ok ? await cards.LossesAsync(me, id, ct) : found.Failure;
        if (!points.Ok)
        {
            return points.Failure;
        }

        var run = found.Value!;
        // A minion that was deleted meanwhile still has its face on the runs it was in.
        var minion = await db.Minions.AsNoTracking().OwnedBy(me).Where(m => m.Id == run.MinionId).Cards().SingleAsync(ct);
        var lines = (await log.ReadAsync(me, id, ct)).Select(line => LogLine.Of(line, run.Method));
        var view = new RunView(run, minion, me, LossCurve.Of(points.Value), [.. lines]);
        return run.Report is null ? view : await WithReportAsync(view, ct);
    }

    private async Task<Outcome<RunView>> WithReportAsync(RunView view, CancellationToken ct)
    {
        var said = await answers.ReadAsync(view.Me, view.Run.Id, ct);
        var ids = view.Run.Report!.Collections.Select(collection => collection.Id).ToList();
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
