using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Minions;
using Republic.Core.Providers;

namespace Republic.Core.Knowledge.Measuring;

/// <summary>Asks a minion to draft golden questions.</summary>
public sealed class QuestionDrafts(IDbContextFactory<RepublicDb> databases, ProviderCatalog catalog, JobControl jobs)
{
    public const int MostAtOnce = 50;
    public const int UsualCount = 10;

    /// <summary>Minions that can: all that are not on the built-in model, which is too small to.</summary>
    public bool CanDraft(Minion minion)
    {
        return catalog.Find(minion.Provider) is { } row && !row.IsBuiltIn(minion.ModelId);
    }

    public async Task<Outcome<Guid>> StartAsync(Guid owner, Guid collection, Guid minionId, int count, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await RefusalAsync(db, owner, collection, minionId, count, ct) is { } refusal)
        {
            return refusal;
        }

        var job = jobs.Add(db, owner, DraftWork.KindOfJob, collection, DraftOrder.ToJson(new DraftOrder(minionId, count)));
        await db.SaveChangesAsync(ct);
        await jobs.StartAsync(job);
        return job.Id;
    }

    public async Task<Outcome<Guid>> CancelAsync(Guid owner, Guid collection, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var job = await db
            .Jobs.OwnedBy(owner)
            .Where(j => j.Kind == DraftWork.KindOfJob && j.Subject == collection)
            .OrderByDescending(j => j.CreatedAt)
            .Select(j => (Guid?)j.Id)
            .FirstOrDefaultAsync(ct);
        if (job is null)
        {
            return Failure.NotFound("draft");
        }

        var cancelled = await jobs.CancelAsync(owner, job.Value, ct);
        return cancelled.Ok ? job.Value : cancelled.Failure;
    }

    private async Task<Failure?> RefusalAsync(RepublicDb db, Guid owner, Guid collection, Guid minionId, int count, CancellationToken ct)
    {
        if (!await db.Collections.OwnedBy(owner).AnyAsync(c => c.Id == collection, ct))
        {
            return Failure.NotFound("collection");
        }

        if (count is < 1 or > MostAtOnce)
        {
            return Failure.Invalid("count", $"1 to {MostAtOnce} questions can be drafted at once.");
        }

        if (await db.Minions.Live().OwnedBy(owner).AsNoTracking().SingleOrDefaultAsync(m => m.Id == minionId, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        if (!CanDraft(minion))
        {
            return Failure.Invalid(
                "minion_id",
                $"{minion.Citizen.DisplayName} is on the built-in model, which is too small to write questions. Choose another minion, or write them yourself."
            );
        }

        if (!await db.Passages.OwnedBy(owner).AnyAsync(p => p.CollectionId == collection, ct))
        {
            return Failure.Conflict("There are no passages to ask about yet. Upload documents first.");
        }

        if (await db.GoldenQuestions.CountAsync(q => q.CollectionId == collection, ct) + count > GoldenQuestions.Most)
        {
            return Failure.Conflict($"At most {GoldenQuestions.Most} questions measure a collection. Take some away first.");
        }

        if (
            await db
                .Jobs.OwnedBy(owner)
                .AnyAsync(
                    j =>
                        j.Kind == DraftWork.KindOfJob
                        && j.Subject == collection
                        && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running),
                    ct
                )
        )
        {
            return Failure.Conflict("Questions are being drafted. Wait for them, or cancel that first.");
        }

        return null;
    }
}
