using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Jobs;
using Republic.Core.Minions;

namespace Republic.Core.Comparisons;

/// <summary>Makes comparisons, takes the vote on them, and deletes them.</summary>
public sealed class ComparisonEditor(RepublicDb db, IVersionedMinions versions, JobControl jobs, LiveEvents live, TimeProvider time)
{
    public const int Most = 500;
    public const string Tie = "tie";

    /// <param name="known">The comparison's id as <see cref="FormId"/> makes it, where it is known before: making it twice makes one.</param>
    public async Task<Outcome<Guid>> CreateAsync(Guid owner, ComparisonInput input, Guid? known, CancellationToken ct)
    {
        if (await IsThereAsync(owner, known, ct))
        {
            return known!.Value;
        }

        if (input.Problems() is { Count: > 0 } problems)
        {
            return Failure.Invalid(problems);
        }

        foreach (var candidate in input.Candidates!)
        {
            if ((await versions.LoadAsync(owner, candidate.MinionId, candidate.Version, ct)).Failure is { } failure)
            {
                return failure;
            }
        }

        var comparison = Made(owner, input, known);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Of one person they are made one after the other, so that neither the limit is passed nor one form counted twice.
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({owner.ToString()}, {AdvisoryLocks.ComparisonEditor}))",
            ct
        );
        if (await IsThereAsync(owner, known, ct))
        {
            return known!.Value;
        }

        if (await db.Comparisons.OwnedBy(owner).CountAsync(ct) >= Most)
        {
            return Failure.Conflict($"You have {Most} comparisons, as many as are allowed. Delete some; votes on them no longer count.");
        }

        db.Comparisons.Add(comparison);
        var job = jobs.Add(db, owner, ComparisonWork.KindOfJob, comparison.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await jobs.StartAsync(job);
        return comparison.Id;
    }

    /// <param name="best">The position of the best answer, or <see cref="Tie"/>. A vote stays.</param>
    public async Task<Outcome<Guid>> VoteAsync(Guid owner, Guid id, string? best, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.LockedComparisonAsync(owner, id, ct) is not { } comparison)
        {
            return Failure.NotFound("comparison");
        }

        int? position = int.TryParse(best, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (best != Tie && !comparison.Answers.Exists(answer => answer.Position == position))
        {
            return Failure.Invalid("best", $"best is the position of an answer, from 0 to {comparison.Answers.Count - 1}, or “{Tie}”.");
        }

        if (Refusal(comparison, position, await db.Jobs.ActiveOf(owner, id).AnyAsync(ct)) is { } refusal)
        {
            return refusal;
        }

        (comparison.Best, comparison.IsTie, comparison.VotedAt) = (position, position is null, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        live.Publish(owner, new LiveEvent(ComparisonWork.Changed, id, null));
        return id;
    }

    public async Task<Outcome<Guid>> DeleteAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var cancelled = await db.CancelComparisonAsync(owner, id, ct);
        if (await db.Comparisons.OwnedBy(owner).Where(c => c.Id == id).ExecuteDeleteAsync(ct) == 0)
        {
            return Failure.NotFound("comparison");
        }

        await transaction.CommitAsync(ct);
        jobs.PublishEnd(cancelled);
        live.Publish(owner, new LiveEvent(ComparisonWork.Changed, id, null));
        return id;
    }

    private Task<bool> IsThereAsync(Guid owner, Guid? known, CancellationToken ct) =>
        known is { } id ? db.Comparisons.OwnedBy(owner).AnyAsync(c => c.Id == id, ct) : Task.FromResult(false);

    private static Failure? Refusal(Comparison comparison, int? position, bool isUnderWay) =>
        comparison.VotedAt is not null
            ? Failure.Conflict("You have voted on this comparison, and a vote stays. Make a new one to vote again.")
        : isUnderWay && !comparison.Answers.TrueForAll(answer => !answer.IsBeingWritten)
            ? Failure.Conflict("Not all answers are there yet. Wait for them, or stop the rest.")
        : comparison.Answers.Count(answer => answer.State == TurnState.Complete) < 2
            ? Failure.Conflict("Fewer than two answers are there, so there is nothing to choose between. Ask again for those that failed.")
        : position is { } best && comparison.Answers.Exists(answer => answer.Position == best && answer.State != TurnState.Complete)
            ? Failure.Conflict("That answer failed. Choose one that is there, or ask for it again.")
        : null;

    private Comparison Made(Guid owner, ComparisonInput input, Guid? known)
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        var order = input.Candidates!.OrderBy(candidate => candidate.Version).ToArray();
        if (input.IsBlind)
        {
            SeededRandom.For(seed, 1).Shuffle(order.AsSpan());
        }

        var (id, now) = (known ?? Guid.CreateVersion7(), time.GetUtcNow());
        return new Comparison
        {
            Id = id,
            OwnerId = owner,
            MinionId = order[0].MinionId,
            Prompt = input.Prompt!.Trim(),
            IsBlind = input.IsBlind,
            Seed = seed,
            CreatedAt = now,
            Answers =
            [
                .. order.Select(
                    (candidate, position) =>
                        new ComparisonAnswer
                        {
                            ComparisonId = id,
                            Position = position,
                            MinionId = candidate.MinionId,
                            Version = candidate.Version,
                            State = TurnState.Pending,
                            UpdatedAt = now,
                        }
                ),
            ],
        };
    }
}
