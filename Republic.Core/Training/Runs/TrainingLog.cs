using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Training.Runs;

/// <summary>Reads back what a run told while it worked.</summary>
public sealed class TrainingLog(IDbContextFactory<RepublicDb> databases)
{
    private const int MostLines = 200;
    private const int MostLosses = 40;

    /// <summary>In order: the newest steps and lines, and among them the newest losses, which are many.</summary>
    public async Task<IReadOnlyList<Line>> ReadAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var told = db.TrainingEvents.Where(e => e.TrainingJobId == id && db.TrainingJobs.OwnedBy(owner).Any(job => job.Id == id));
        var lines = await told.Where(e => e.Kind == "step" || e.Kind == "log").OrderByDescending(e => e.Id).Take(MostLines).ToListAsync(ct);
        var losses = await told.Where(e => e.Kind == "loss").OrderByDescending(e => e.Id).Take(MostLosses).ToListAsync(ct);
        return [.. lines.Concat(losses).OrderBy(e => e.Id).Select(e => new Line(e.Id, e.At, e.Kind, JsonElement.Parse(e.Data)))];
    }

    /// <param name="Kind">step, log or loss.</param>
    public sealed record Line(long Id, DateTimeOffset At, string Kind, JsonElement Data);
}
