using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Scenarios.Drafts;

/// <summary>Lists a person's scenarios.</summary>
public sealed class ScenarioCards(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxPage = 200;

    private static readonly Expression<Func<Scenario, ScenarioCard>> Card = s => new ScenarioCard(
        s.Id,
        s.Name,
        s.Description,
        s.LearnerRole,
        s.OwnerId,
        s.LastVersion == 0 ? null : s.LastVersion,
        s.States.Count,
        s.States.Sum(state => state.Transitions.Count),
        s.Roles.Count,
        s.Facts,
        s.MaxTurns,
        s.MaxMinutes,
        s.MaxCost,
        s.MaxTokens,
        s.ArchivedAt,
        s.CreatedAt,
        s.UpdatedAt,
        s.SettingsUpdatedAt
    );

    private static readonly Func<Scenario, ScenarioCard> InMemory = Card.Compile();

    /// <param name="scenario">With all of its draft.</param>
    internal static ScenarioCard Of(Scenario scenario) => InMemory(scenario);

    /// <summary>One page of the scenarios, newest first.</summary>
    /// <param name="words">Words of the name or the description; null or empty for all.</param>
    /// <param name="before">The last id of the previous page; null for the first.</param>
    public async Task<IReadOnlyList<ScenarioCard>> ListAsync(
        Guid me,
        string? words,
        bool isArchived,
        int limit,
        Guid? before,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = db
            .Scenarios.AsNoTracking()
            .OwnedBy(me)
            .Where(s => s.ArchivedAt != null == isArchived && (before == null || s.Id < before));
        foreach (var word in SearchWords.Of(words))
        {
            var pattern = LikePattern.Containing(word);
            found = found.Where(s =>
                EF.Functions.ILike(s.Name, pattern, LikePattern.Escape) || EF.Functions.ILike(s.Description!, pattern, LikePattern.Escape)
            );
        }

        return await found.OrderByDescending(s => s.Id).Take(Math.Clamp(limit, 1, MaxPage)).Select(Card).ToListAsync(ct);
    }

    public async Task<Outcome<ScenarioCard>> FindAsync(Guid me, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Scenarios.AsNoTracking().OwnedBy(me).Where(s => s.Id == id).Select(Card).SingleOrDefaultAsync(ct) is { } card
            ? card
            : Failure.NotFound("scenario");
    }

    /// <summary>How many are in the archive, and how many are not.</summary>
    public async Task<(int Current, int Archived)> CountsAsync(Guid me, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var archived = await db.Scenarios.OwnedBy(me).CountAsync(s => s.ArchivedAt != null, ct);
        return (await db.Scenarios.OwnedBy(me).CountAsync(ct) - archived, archived);
    }
}
