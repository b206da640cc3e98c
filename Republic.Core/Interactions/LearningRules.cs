using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Interactions.PersonalData;

namespace Republic.Core.Interactions;

/// <summary>Changes what a minion may learn of its person's chats.</summary>
public sealed class LearningRules(RepublicDb db, AuditLog audit, TimeProvider time)
{
    /// <param name="rules">Those that are named; others stay as they are.</param>
    /// <param name="allowsMemories">Null leaves it as it is.</param>
    public async Task<Outcome<LearningSettings>> SetAsync(
        Guid owner,
        Guid minion,
        IReadOnlyDictionary<PersonalDataKind, PersonalDataRule> rules,
        bool? allowsMemories,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Two forms saved at once: the second adds to what the first said.
        await db.Database.ExecuteSqlAsync($"select 1 from minions where id = {minion} and owner_id = {owner} for no key update", ct);
        if (await db.Minions.OwnedBy(owner).SingleOrDefaultAsync(m => m.Id == minion && m.DeletedAt == null, ct) is not { } found)
        {
            return Failure.NotFound("minion");
        }

        var settings = await db.LearningSettings.SingleOrDefaultAsync(s => s.MinionId == minion, ct);
        if (settings is null)
        {
            settings = LearningSettings.New(owner, minion, time.GetUtcNow());
            db.LearningSettings.Add(settings);
        }

        var kept = rules.Where(rule =>
            rule.Value == PersonalDataRule.Keep && settings.Rules.GetValueOrDefault(rule.Key) != PersonalDataRule.Keep
        );
        var newlyKept = string.Join(", ", kept.Select(rule => rule.Key.ToString().ToLowerInvariant()));
        settings.Rules = settings.Rules.Concat(rules).GroupBy(rule => rule.Key).ToDictionary(same => same.Key, same => same.Last().Value);
        settings.AllowsMemories = allowsMemories ?? settings.AllowsMemories;
        settings.UpdatedAt = time.GetUtcNow();
        var action = newlyKept.Length > 0 ? AuditActions.PersonalDataKept : null;
        await audit.CommitAsync(db, owner, action, $"{found.Citizen.DisplayName}: {newlyKept}", ct);
        return settings;
    }
}
