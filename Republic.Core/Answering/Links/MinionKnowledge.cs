using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Answering.Links;

/// <summary>Links a person's minions to their collections, and switches the stages of answers.</summary>
public sealed class MinionKnowledge(IDbContextFactory<RepublicDb> databases, ProviderCatalog catalog, TimeProvider time)
{
    public const int MostListed = 200;

    public async Task<Outcome<KnowledgeCard>> FindAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Minions.AsNoTracking().OwnedBy(owner).Live().SingleOrDefaultAsync(m => m.Id == id, ct) is { } minion
            ? await CardAsync(db, minion, ct)
            : Failure.NotFound("minion");
    }

    /// <summary>The person's first 200 minions by name, and whether each answers from the collection.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name, bool IsLinked)>> MinionsAsync(Guid owner, Guid collection, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db
            .Minions.OwnedBy(owner)
            .Live()
            .OrderBy(m => m.Citizen.DisplayName)
            .Take(MostListed)
            .Select(m => new
            {
                m.Id,
                m.Citizen.DisplayName,
                IsLinked = db.CollectionLinks.Any(link => link.MinionId == m.Id && link.CollectionId == collection),
            })
            .ToListAsync(ct);
        return [.. rows.Select(row => (row.Id, row.DisplayName, row.IsLinked))];
    }

    public async Task<Outcome<KnowledgeCard>> SaveAsync(Guid owner, Guid id, KnowledgeInput input, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // A version that is put in at the same moment brings links of its own, and waits.
        await db.Database.ExecuteSqlAsync($"select 1 from minions where id = {id} and owner_id = {owner} for no key update", ct);
        if (await db.Minions.OwnedBy(owner).Live().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        if (input.Collections is { } wanted && await LinkAsync(db, minion, wanted, ct) is { } unknown)
        {
            return unknown;
        }

        var stages = input.Stages?.Over(minion.Pipeline) ?? minion.Pipeline;
        if (input.Stages is not null && Check(minion, stages) is { } wrong)
        {
            return wrong;
        }

        // Saved whatever has changed: what is kept in memory of it, and of its answers, is forgotten.
        (minion.Pipeline, minion.UpdatedAt) = (stages, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return await CardAsync(db, minion, ct);
    }

    private async Task<Failure?> LinkAsync(RepublicDb db, Minion minion, IReadOnlyList<LinkInput> given, CancellationToken ct)
    {
        // JSON can hold null anywhere.
        var wanted = given.OfType<LinkInput>().ToList();
        if (wanted.Count < given.Count)
        {
            return Failure.Invalid("collections", "collections must hold objects with an id.");
        }

        var byId = wanted.DistinctBy(link => link.Id).ToDictionary(link => link.Id);
        var ids = byId.Keys.ToList();
        if (await db.Collections.OwnedBy(minion.OwnerId).CountAsync(c => ids.Contains(c.Id), ct) < ids.Count)
        {
            return Failure.NotFound("collection");
        }

        var links = await db.CollectionLinks.Where(l => l.MinionId == minion.Id).ToListAsync(ct);
        db.CollectionLinks.RemoveRange(links.Where(link => !byId.ContainsKey(link.CollectionId)));
        foreach (var (collection, link) in byId)
        {
            if (links.Find(known => known.CollectionId == collection) is { } known)
            {
                known.AnswersOutside = link.AnswersOutsideClients ?? known.AnswersOutside;
                continue;
            }

            db.CollectionLinks.Add(
                new CollectionLink
                {
                    MinionId = minion.Id,
                    CollectionId = collection,
                    AnswersOutside = link.AnswersOutsideClients ?? false,
                    CreatedAt = time.GetUtcNow(),
                }
            );
        }

        return null;
    }

    /// <summary>Somebody must be left who answers.</summary>
    private Failure? Check(Minion minion, MinionPipeline stages)
    {
        var name = minion.Citizen.DisplayName;
        return stages.Generation ? null
            : RunsHere(minion)
                ? Failure.Invalid(
                    "stages.generation",
                    $"{name}’s own model runs here, where style and generation are one stage: without it nobody would answer."
                )
            : minion.StyleModel is null
                ? Failure.Invalid("stages.generation", $"No style was trained for {name}, so without generation nobody would answer.")
            : !stages.Style ? Failure.Invalid("stages.generation", "Leave style or generation on: with both off nobody would answer.")
            : null;
    }

    private bool RunsHere(Minion minion) => catalog.Find(minion.Provider)?.Transport == ProviderTransport.ModelHost;

    private async Task<KnowledgeCard> CardAsync(RepublicDb db, Minion minion, CancellationToken ct)
    {
        var choices = await (
            from collection in db.Collections.AsNoTracking().OwnedBy(minion.OwnerId)
            join link in db.CollectionLinks.Where(l => l.MinionId == minion.Id) on collection.Id equals link.CollectionId into links
            from link in links.DefaultIfEmpty()
            orderby collection.Name
            select new CollectionChoice
            {
                Id = collection.Id,
                Name = collection.Name,
                IsLinked = link != null,
                AnswersOutsideClients = link != null && link.AnswersOutside,
                Version = link == null ? null : link.Version,
                Documents = db.Documents.Count(d => d.CollectionId == collection.Id),
                Passages = db.Documents.Where(d => d.CollectionId == collection.Id).Sum(d => d.PassageCount),
            }
        ).ToListAsync(ct);
        return new KnowledgeCard
        {
            Minion = minion,
            Stages = minion.Pipeline,
            Choices = choices,
            RunsHere = RunsHere(minion),
        };
    }
}
