using Microsoft.EntityFrameworkCore;
using Republic.Core.Minions;

namespace Republic.Tests.World;

/// <summary>Versions of a minion as runs would have left them: drafts with instructions of their own, and no weights.</summary>
public static class PlantedVersions
{
    /// <summary>Version 0, which stays in use, and one draft after the other.</summary>
    /// <param name="change">Of each draft, before it is saved.</param>
    public static Task PlantAsync(IRepublic republic, Guid minion, int drafts = 1, Func<MinionVersion, MinionVersion>? change = null) =>
        republic.QueryAsync(async db =>
        {
            var row = await db.Minions.AsNoTracking().SingleAsync(m => m.Id == minion);
            db.MinionVersions.Add(MinionVersion.Of(row, row.CreatedAt));
            for (var number = 1; number <= drafts; number++)
            {
                var draft = Draft(row, number);
                db.MinionVersions.Add(change?.Invoke(draft) ?? draft);
            }

            return await db.SaveChangesAsync();
        });

    /// <param name="adapter">The name of a weights' file.</param>
    public static MinionVersion Draft(Minion minion, int number, string? model = null, string? adapter = null) =>
        new()
        {
            MinionId = minion.Id,
            Number = number,
            Provider = minion.Provider,
            ModelId = model ?? minion.ModelId,
            SystemPrompt = minion.SystemPrompt,
            EnhancedSystemPrompt = Instructions(number),
            Adapter = adapter,
            CreatedAt = minion.CreatedAt,
        };

    public static string Instructions(int number) => $"You speak as draft {number}.";
}
