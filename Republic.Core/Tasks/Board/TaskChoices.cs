using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Tasks.Editing;

namespace Republic.Core.Tasks.Board;

/// <summary>What forms of tasks offer: who may do one, and other tasks by their number or title.</summary>
public sealed class TaskChoices(IDbContextFactory<RepublicDb> databases, ProviderCatalog catalog, ITaskAbility ability)
{
    public const int MostOffered = 200;

    /// <summary>The person first, then others who see the task, then the person's minions, by name.</summary>
    /// <param name="root">The task at the top; null leaves other people out.</param>
    public async Task<IReadOnlyList<TaskCitizen>> AssignableAsync(Guid me, Guid? root, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var citizens = await TaskAssignment
            .Assignable(db, me, root)
            .Select(c => new TaskCitizen(c.Id, c.Kind, c.DisplayName, c.Avatar, c.AvatarImageId))
            .ToListAsync(ct);
        var (ids, host) = (citizens.ConvertAll(citizen => citizen.Id), catalog.ModelHost.Name);
        // Models of providers are not probed, so their minions need not be read.
        var local = await db.Minions.AsNoTracking().OwnedBy(me).Where(m => ids.Contains(m.Id) && m.Provider == host).ToListAsync(ct);
        var follows = await ability.ProbedAsync(local, ct);
        return citizens.ConvertAll(citizen => citizen with { FollowsTasks = follows.GetValueOrDefault(citizen.Id) });
    }

    /// <summary>The newest tasks that are not in the archive.</summary>
    public async Task<IReadOnlyList<TaskLink>> OfferedAsync(Guid me, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .Tasks.OwnedBy(me)
            .Where(t => t.Status != WorkTaskStatus.Archived)
            .OrderByDescending(t => t.Number)
            .Take(MostOffered)
            .Select(t => new TaskLink(t.Id, t.Number, t.Title, t.Status))
            .ToListAsync(ct);
    }

    /// <summary>The one task that a person means by a number, such as T-53, or by words of its title.</summary>
    /// <param name="field">Beside which it is said what is wrong.</param>
    public async Task<Outcome<Guid>> FindAsync(Guid me, string? typed, string field, CancellationToken ct)
    {
        var words = (typed ?? "").Trim();
        if (words.Length == 0)
        {
            return Failure.Invalid(field, "Write the number of a task, such as T-53, or words of its title.");
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var tasks = db.Tasks.OwnedBy(me);
        if (
            TaskCards.NumberIn(words.Split(' ')[0]) is { } number
            && await tasks.Where(t => t.Number == number).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct) is { } numbered
        )
        {
            return numbered;
        }

        var like = LikePattern.Containing(words);
        var found = await tasks
            .Where(t => EF.Functions.ILike(t.Title, like, LikePattern.Escape))
            .OrderBy(t => t.Number)
            .Select(t => new { t.Id, t.Number })
            .Take(3)
            .ToListAsync(ct);
        return found.Count switch
        {
            0 => Failure.Invalid(field, "No task has this number or these words in its title. Write a number, such as T-53."),
            1 => found[0].Id,
            _ => Failure.Invalid(
                field,
                $"Several tasks have these words in their title, such as T-{found[0].Number} and T-{found[1].Number}. Write the number."
            ),
        };
    }
}
