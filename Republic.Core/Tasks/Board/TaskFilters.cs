using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Tasks.Board;

/// <summary>Saves views of the board under names, and deletes them.</summary>
public sealed class TaskFilters(RepublicDb db, TimeProvider time)
{
    public Task<List<TaskFilter>> ListAsync(Guid me, CancellationToken ct) =>
        db.TaskFilters.AsNoTracking().OwnedBy(me).OrderBy(f => f.Name).ToListAsync(ct);

    /// <summary>Saves a view; one of the same name is replaced.</summary>
    /// <param name="query">The query string of the page, with or without its question mark.</param>
    public async Task<Outcome<TaskFilter>> SaveAsync(Guid me, string? name, string? query, CancellationToken ct)
    {
        var rules = new FieldRules([]);
        rules.Required("name", "The name", name);
        rules.Text("name", "The name", name, TaskRules.LongestLabel);
        rules.Text("query", "The query", query, TaskFilter.LongestQuery);
        if (rules.Errors.Count > 0)
        {
            return Failure.Invalid(rules.Errors);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockTasksAsync(me, ct);
        var filters = await db.TaskFilters.OwnedBy(me).ToListAsync(ct);
        var filter = filters.Find(f => f.Name == name!.Trim());
        if (filter is null && filters.Count >= TaskFilter.Most)
        {
            return Failure.Conflict($"You have {TaskFilter.Most} saved views, as many as are allowed. Delete one first.");
        }

        filter ??= db
            .TaskFilters.Add(
                new TaskFilter
                {
                    OwnerId = me,
                    Name = name!.Trim(),
                    Query = "",
                    CreatedAt = time.GetUtcNow(),
                }
            )
            .Entity;
        filter.Query = (query ?? "").Trim().TrimStart('?');
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return filter;
    }

    public async Task<Outcome<Guid>> DeleteAsync(Guid me, Guid id, CancellationToken ct) =>
        await db.TaskFilters.OwnedBy(me).Where(f => f.Id == id).ExecuteDeleteAsync(ct) > 0 ? id : Failure.NotFound("saved view");
}
