using Republic.Core.Answering.Links;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Minions;

namespace Republic.Tests.World;

/// <summary>What one person's minions know: collections in the database, and links to them.</summary>
public sealed class LinkedKnowledge(IRepublic republic, Inhabitant person)
{
    /// <param name="passages">Of one document, <c>notes.md</c>, in English.</param>
    public async Task<Collection> CollectionAsync(string name, params string[] passages)
    {
        var collection = await republic.NewCollectionAsync(person.Id, name);
        await republic.NewDocumentAsync(collection, passages);
        return collection;
    }

    /// <summary>As if a person had linked it, without asking whose it is.</summary>
    /// <param name="version">The one that brought it, where no person did.</param>
    public Task<int> LinkAsync(Guid minion, Collection collection, bool answersOutside = false, int? version = null) =>
        republic.QueryAsync(db =>
        {
            db.CollectionLinks.Add(
                new CollectionLink
                {
                    MinionId = minion,
                    CollectionId = collection.Id,
                    AnswersOutside = answersOutside,
                    Version = version,
                    CreatedAt = DateTimeOffset.UnixEpoch,
                }
            );
            return db.SaveChangesAsync();
        });

    public Task<int> ChangeAsync(Guid minion, Action<Minion> change) =>
        republic.QueryAsync(async db =>
        {
            change((await db.Minions.FindAsync(minion))!);
            return await db.SaveChangesAsync();
        });
}
