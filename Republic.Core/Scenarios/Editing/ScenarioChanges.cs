using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Core.Scenarios.Editing;

/// <summary>Changes the drafts of scenarios, one change of each after the other.</summary>
public sealed class ScenarioChanges(RepublicDb db, LiveEvents live, TimeProvider time)
{
    /// <summary>The live event of a scenario that is new, changed or gone.</summary>
    public const string Changed = "scenario.changed";

    /// <param name="change">Changes the draft in memory; a failure leaves all as it was.</param>
    internal async Task<Outcome<T>> ChangeAsync<T>(Guid me, Guid id, Func<ScenarioChange, Outcome<T>> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.LockScenarioAsync(me, id, ct))
        {
            return Failure.NotFound("scenario");
        }

        // Whoever used this context before may have read the draft as it was before the lock.
        db.ChangeTracker.Clear();
        var scenario = await db.Scenarios.WithDraft().SingleAsync(s => s.Id == id, ct);
        var before = BytesOf(scenario);
        var done = change(new ScenarioChange(db, scenario, time.GetUtcNow()));
        if (done.Failure is null && TooLarge(scenario, before) is { } refused)
        {
            done = refused;
        }

        if (!done.Ok)
        {
            db.ChangeTracker.Clear();
            return done;
        }

        scenario.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Publish(me, id);
        return done;
    }

    internal void Publish(Guid me, Guid id) => live.Publish(me, new LiveEvent(Changed, id, null));

    /// <summary>Refuses a draft that could not be published for its size, nor be read again as text.</summary>
    /// <param name="before">Its bytes before the change. One that was too large already may still be made smaller.</param>
    internal static Failure? TooLarge(Scenario scenario, int before = 0) =>
        BytesOf(scenario) > Math.Max(ScenarioYaml.MostBytes, before)
            ? Failure.Invalid(
                "",
                $"With this the scenario would have more than {ScenarioYaml.MostBytes:N0} bytes as text, as many as are kept. Shorten prompts or facts first."
            )
            : null;

    /// <summary>Refuses what was typed over something else than what stands.</summary>
    /// <param name="seen">When the element was changed last, as whoever sent this read it; null where they do not say.</param>
    internal static Failure? Stale(DateTimeOffset? seen, DateTimeOffset updatedAt, string element) =>
        seen is { } read && read.ToUniversalTime() != updatedAt.ToUniversalTime()
            ? Failure.Conflict(
                $"{element} was changed meanwhile, by you in another window or by a program. Compare with what stands now, and save again to replace it."
            )
            : null;

    private static int BytesOf(Scenario scenario) => Encoding.UTF8.GetByteCount(ScenarioYaml.Write(DraftDefinition.Of(scenario)));
}
