using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Providers;

namespace Republic.Core.Admin.Work;

/// <summary>The long work of all people, the nodes that do it, and the models on the disk.</summary>
public sealed class WorkReader(RepublicDb db, ProviderCatalog providers, TimeProvider time)
{
    private const int MostModels = 500;

    /// <summary>The newest first.</summary>
    /// <param name="after">The last of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<JobLine>> ListAsync(JobFilter filter, Guid? after, int limit, CancellationToken ct)
    {
        var jobs = db.Jobs.AsNoTracking();
        jobs = filter.Status is { } status ? jobs.Where(j => j.Status == status) : jobs;
        jobs = filter.Owner is { } owner ? jobs.Where(j => j.OwnerId == owner) : jobs;
        jobs = filter.Kind is { } kind ? jobs.Where(j => j.Kind == kind) : jobs;
        jobs = after is { } last ? jobs.Where(j => j.Id < last) : jobs;
        var lines = await jobs.OrderByDescending(j => j.Id)
            .Take(limit)
            .Join(db.Users, job => job.OwnerId, person => person.Id, (job, person) => new { job, person })
            .OrderByDescending(both => both.job.Id)
            .Select(both => new JobLine(
                both.job.Id,
                both.job.Kind,
                both.person.Id,
                both.person.Citizen.DisplayName,
                both.job.Status,
                both.job.Progress,
                both.job.Attempts,
                both.job.Node,
                both.job.Error,
                both.job.CreatedAt,
                both.job.StartedAt,
                both.job.FinishedAt
            )
            {
                IsHeld = both.person.DeactivatedAt != null,
                HeldUntil = both.job.HeldUntil,
            })
            .ToListAsync(ct);
        var costs = await CostsAsync([.. lines.Select(line => line.Id)], ct);
        return [.. lines.Select(line => line with { Cost = costs.GetValueOrDefault(line.Id) })];
    }

    /// <summary>How many jobs there are in each state.</summary>
    /// <param name="owner">Only this person's; null for everybody's.</param>
    public async Task<IReadOnlyDictionary<JobStatus, int>> CountsAsync(Guid? owner, CancellationToken ct) =>
        await db
            .Jobs.Where(j => owner == null || j.OwnerId == owner)
            .GroupBy(j => j.Status)
            .Select(same => new { same.Key, Jobs = same.Count() })
            .ToDictionaryAsync(s => s.Key, s => s.Jobs, ct);

    /// <summary>Server processes that said within the last minute that they are there.</summary>
    public async Task<IReadOnlyList<NodeLine>> NodesAsync(CancellationToken ct)
    {
        // Quartz writes .NET's ticks.
        var since = time.GetUtcNow().AddMinutes(-1).UtcTicks;
        var rows = await db
            .Database.SqlQuery<NodeRow>(
                $"select instance_name as Name, last_checkin_time as Ticks from quartz_scheduler_state where last_checkin_time > {since}"
            )
            .ToListAsync(ct);
        var busy = await db
            .Jobs.Where(j => j.Status == JobStatus.Running && j.Node != null)
            .GroupBy(j => j.Node!)
            .Select(same => new { same.Key, Jobs = same.Count() })
            .ToDictionaryAsync(s => s.Key, s => s.Jobs, StringComparer.Ordinal, ct);
        return
        [
            .. rows.Select(row => new NodeLine(row.Name, new DateTimeOffset(row.Ticks, TimeSpan.Zero), busy.GetValueOrDefault(row.Name)))
                .OrderBy(node => node.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Installed files of models, the largest first.</summary>
    public async Task<IReadOnlyList<ModelLine>> ModelsAsync(CancellationToken ct)
    {
        var provider = providers.ModelHost.Name;
        var rows = await db
            .PersonalModels.Where(m => m.Sha256 != null)
            .OrderByDescending(m => m.Bytes)
            .Take(MostModels)
            .Select(m => new
            {
                m.Sha256,
                m.ModelId,
                m.Bytes,
                Owner = db.Users.Where(p => p.Id == m.OwnerId).Select(p => p.Citizen.DisplayName).First(),
                Minions = db.Minions.Count(minion =>
                    minion.OwnerId == m.OwnerId && minion.DeletedAt == null && minion.Provider == provider && minion.ModelId == m.Name
                ),
            })
            .ToListAsync(ct);
        return
        [
            .. rows.GroupBy(row => row.Sha256!)
                .Select(same => new ModelLine(
                    same.Key,
                    same.First().ModelId,
                    same.First().Bytes,
                    [.. same.Select(row => row.Owner).Order(StringComparer.Ordinal)],
                    same.Sum(row => row.Minions)
                ))
                .OrderByDescending(model => model.Bytes),
        ];
    }

    /// <summary>What the calls of training runs cost: those that were made while a call in the run's journal was under way.</summary>
    private async Task<Dictionary<Guid, decimal?>> CostsAsync(Guid[] jobs, CancellationToken ct)
    {
        var rows = await db
            .Database.SqlQuery<CostRow>(
                $"""
                select run.work_id as Job, sum(made.cost) as Cost
                from training_jobs run join model_calls made on made.owner_id = run.owner_id and made.purpose = 'Training'
                  and made.started_at >= (select min(first.started_at) from training_calls first where first.training_job_id = run.id)
                  and made.started_at <= (select max(last.completed_at) from training_calls last where last.training_job_id = run.id)
                where run.work_id = any({jobs}) and exists (select from training_calls call
                  where call.training_job_id = run.id and made.started_at between call.started_at and call.completed_at)
                group by run.work_id
                """
            )
            .ToListAsync(ct);
        return rows.ToDictionary(row => row.Job, row => row.Cost);
    }

    private sealed record CostRow(Guid Job, decimal? Cost);

    private sealed record NodeRow(string Name, long Ticks);
}
