using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Interactions.Lineage;
using Republic.Core.Interactions.PersonalData;
using Republic.Core.Minions;

namespace Republic.Core.Interactions;

/// <summary>Reads what minions could learn from their person's chats.</summary>
public sealed class InteractionReader(IDbContextFactory<RepublicDb> databases, TimeProvider time) : IDisposable
{
    // Each holds megabytes of text and keeps a core busy for a moment.
    private const int AtOnce = 2;
    private const int Queues = 64;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    // Texts, of a hundred bytes each, and what was found in them: of five minions with as many answers as are read, where nothing was.
    private const int MostScanned = 10 * PairQuery.Most;
    private static readonly TimeSpan ScannedFor = TimeSpan.FromHours(1);

    /// <summary>What was found in texts that were searched, by minion and names, so that a page that is opened again is cheap.</summary>
    private readonly MemoryCache scanned = new(new MemoryCacheOptions { SizeLimit = MostScanned });
    private readonly SemaphoreSlim turns = new(AtOnce);

    // People share a queue by chance alone: one who asks without end waits for themselves.
    private readonly SemaphoreSlim[] queues = [.. Enumerable.Range(0, Queues).Select(_ => new SemaphoreSlim(1))];

    /// <param name="anew">Also what the version in use learned: for a run that begins without it.</param>
    public async Task<Outcome<InteractionSet>> ReadAsync(Guid owner, Guid minionId, bool anew, CancellationToken ct)
    {
        var queue = queues[(uint)owner.GetHashCode() % Queues];
        return await InTurnAsync(queue, () => InTurnAsync(turns, () => ReadMineAsync(owner, minionId, anew, ct), ct), ct);
    }

    public void Dispose()
    {
        scanned.Dispose();
        turns.Dispose();
        Array.ForEach(queues, queue => queue.Dispose());
    }

    private static async Task<Outcome<InteractionSet>> InTurnAsync(
        SemaphoreSlim semaphore,
        Func<Task<Outcome<InteractionSet>>> read,
        CancellationToken ct
    )
    {
        if (!await semaphore.WaitAsync(LongestWait, ct))
        {
            return Failure.TooMany("Chats are being read for other pages just now. Try again in a moment.");
        }

        try
        {
            return await read();
        }
        finally
        {
            semaphore.Release();
        }
    }

    private async Task<Outcome<InteractionSet>> ReadMineAsync(Guid owner, Guid minionId, bool anew, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Minions.OwnedBy(owner).Live().AsNoTracking().SingleOrDefaultAsync(m => m.Id == minionId, ct) is { } minion
            ? await ReadAsync(db, minion, anew, ct)
            : Failure.NotFound("minion");
    }

    private async Task<InteractionSet> ReadAsync(RepublicDb db, Minion minion, bool anew, CancellationToken ct)
    {
        var settings =
            await db.LearningSettings.AsNoTracking().SingleOrDefaultAsync(s => s.MinionId == minion.Id, ct)
            ?? LearningSettings.New(minion.OwnerId, minion.Id, time.GetUtcNow());
        var person = await db.Citizens.AsNoTracking().SingleAsync(c => c.Id == minion.OwnerId, ct);
        var trained = anew ? [] : await TrainedAsync(db, minion, ct);
        var rows = await PairQuery.ReadAsync(db, minion.OwnerId, minion.Id, ct);
        var names = NamesOf(person).ToList();
        var key = (minion.Id, string.Join('\n', names));
        var before = scanned.Get<IReadOnlyDictionary<UInt128, IReadOnlyList<PersonalDataMatch>>>(key);
        var texts = new ScannedTexts(new PersonalDataScanner(names), before ?? new Dictionary<UInt128, IReadOnlyList<PersonalDataMatch>>());
        var filter = new PairFilter(minion, settings, texts, trained);
        var pairs = await Task.Run(
            () =>
                rows.ConvertAll(row =>
                {
                    ct.ThrowIfCancellationRequested();
                    return filter.Apply(row);
                }),
            ct
        );
        scanned.Set(key, texts.Found, new MemoryCacheEntryOptions { Size = texts.Size, SlidingExpiration = ScannedFor });
        return new InteractionSet(minion, settings, pairs);
    }

    /// <summary>The names that the person goes by: many show a nickname, and are called by their own name in what they write.</summary>
    private static IEnumerable<string> NamesOf(Citizen person) =>
        new[] { person.DisplayName, person.FirstName, person.LastName, $"{person.FirstName} {person.LastName}" }.OfType<string>();

    /// <summary>Hashes of what the version in use learned; none where its weights are out of use because the minion's model was changed.</summary>
    private static async Task<HashSet<string>> TrainedAsync(RepublicDb db, Minion minion, CancellationToken ct)
    {
        var version = await db
            .MinionVersions.AsNoTracking()
            .SingleOrDefaultAsync(v => v.MinionId == minion.Id && v.Number == minion.Version, ct);
        if (version?.IsLive(minion) != true)
        {
            return [];
        }

        var datasets = (await VersionAncestry.ReadAsync(db, minion.Id, ct)).DatasetsOf(minion.Version);
        var hashes = await db.LearnedPairs.Where(pair => datasets.Contains(pair.DatasetId)).Select(pair => pair.Hash).ToListAsync(ct);
        return hashes.Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
    }
}
