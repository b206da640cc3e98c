using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Training.Journal;

namespace Republic.Core.Training.Runs;

/// <summary>Reads back what a run told while it worked.</summary>
public sealed class TrainingLog(IDbContextFactory<RepublicDb> databases)
{
    private const int MostLines = 200;
    private const int MostLosses = 40;

    /// <summary>Of those before, a smoothed loss keeps less than can be seen.</summary>
    private const int NewestPoints = 200;

    /// <summary>In order: the newest steps and lines, and among them the newest losses, which are many.</summary>
    public async Task<IReadOnlyList<Line>> ReadAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var told = Told(db, owner, id);
        var lines = await told.Where(e => e.Kind == "step" || e.Kind == "log").OrderByDescending(e => e.Id).Take(MostLines).ToListAsync(ct);
        var losses = await told.Where(e => e.Kind == "loss").OrderByDescending(e => e.Id).Take(MostLosses).ToListAsync(ct);
        return [.. lines.Concat(losses).OrderBy(e => e.Id).Select(e => new Line(e.Id, e.At, e.Kind, JsonElement.Parse(e.Data)))];
    }

    /// <summary>The points of the loss chart that were written after a number, in order.</summary>
    public async Task<Outcome<IReadOnlyList<JournalEntry>>> LossesAsync(Guid owner, Guid id, long after, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.TrainingJobs.OwnedBy(owner).AnyAsync(job => job.Id == id, ct))
        {
            return Failure.NotFound("training job");
        }

        var told = await Told(db, owner, id).Where(e => e.Kind == "loss" && e.Id > after).OrderBy(e => e.Id).ToListAsync(ct);
        return Outcome<IReadOnlyList<JournalEntry>>.Of([.. told.Select(e => e.ToEntry())]);
    }

    /// <summary>What can be said of a loss curve without all of its points: the first of each kind and the newest.</summary>
    public async Task<IReadOnlyList<LossPoint>> LossEndsAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var losses = Told(db, owner, id).Where(e => e.Kind == "loss");
        // A run that measures rows held out does so before its first step.
        var first = await losses.OrderBy(e => e.Id).Take(2).Select(e => e.Data).ToListAsync(ct);
        var newest = losses.OrderByDescending(e => e.Id).Take(NewestPoints);
        if (LossPoint.Of(first).Any(point => point.Kind == "validation"))
        {
            var validation = losses.Where(e => EF.Functions.JsonContains(e.Data, """{"kind": "validation"}"""));
            newest = newest.Concat(validation.OrderByDescending(e => e.Id).Take(1));
        }

        return LossPoint.Of([.. first, .. await newest.Select(e => e.Data).ToListAsync(ct)]);
    }

    private static IQueryable<TrainingEvent> Told(RepublicDb db, Guid owner, Guid id) =>
        db.TrainingEvents.AsNoTracking().Where(e => e.TrainingJobId == id && db.TrainingJobs.OwnedBy(owner).Any(job => job.Id == id));

    /// <param name="Kind">step, log or loss.</param>
    public sealed record Line(long Id, DateTimeOffset At, string Kind, JsonElement Data);
}
