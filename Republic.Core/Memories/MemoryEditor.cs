using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Knowledge;
using Republic.Core.Memories.Learning;
using Republic.Core.Memories.Recall;
using Republic.Core.Minions;

namespace Republic.Core.Memories;

/// <summary>Writes down, changes and forgets what a minion remembers of a person, as that person says.</summary>
public sealed class MemoryEditor(RepublicDb db, MemoryVectors vectors, LiveEvents live, TimeProvider time)
{
    /// <summary>What the live stream says when anything here changed.</summary>
    public const string Changed = "memory.changed";

    public const int MostPerMinion = 1000;

    /// <summary>Written down by the person, so in use at once.</summary>
    public async Task<Outcome<Guid>> AddAsync(Guid person, Guid minion, MemoryInput input, CancellationToken ct)
    {
        if (!await db.Minions.Live().OwnedBy(person).AnyAsync(m => m.Id == minion, ct))
        {
            return Failure.NotFound("minion");
        }

        if (Problem(input with { Content = input.Content ?? "" }) is { } problem)
        {
            return problem;
        }

        var memory = New(person, minion, new Learned(input.Content!, IsAsked: true, input.Importance), MemorySource.Person);
        memory.MetaData = input.MetaData is { } said ? MemoryMetaData.Of(said) : memory.MetaData;
        return await SaveNewAsync(memory, ct);
    }

    public async Task<Outcome<Guid>> UpdateAsync(Guid person, Guid id, MemoryInput input, CancellationToken ct)
    {
        await using var change = await BeginAsync(person, ct);
        if (await FindAsync(person, id, ct) is not { } memory)
        {
            return Failure.NotFound("memory");
        }

        if (Problem(input) is { } problem)
        {
            return problem;
        }

        var now = time.GetUtcNow();
        if (input.Content is { } content && content.Trim() != memory.Content)
        {
            // Settled ones too: what the person decided on was what it said before.
            await db.MemoryConflicts.Where(c => c.OlderId == id || c.NewerId == id).ExecuteDeleteAsync(ct);
            (memory.Content, memory.Hash) = (content.Trim(), Passage.HashOf(null, content.Trim()));
            await Contradictions.OpenAsync(db, memory, now, ct);
        }

        memory.Importance = input.Importance ?? memory.Importance;
        memory.MetaData = input.MetaData is { } said ? MemoryMetaData.Of(said) : memory.MetaData;
        memory.UpdatedAt = now;
        await SaveAsync(person, change, ct);
        return id;
    }

    /// <summary>A proposal is right: from now on it is used.</summary>
    public async Task<Outcome<Guid>> AcceptAsync(Guid person, Guid id, CancellationToken ct)
    {
        await using var change = await BeginAsync(person, ct);
        if (await FindAsync(person, id, ct) is not { } memory)
        {
            return Failure.NotFound("memory");
        }

        if (memory.Status == MemoryStatus.Superseded)
        {
            return Failure.Conflict("Another memory took its place. Edit that one, or write this one down anew.");
        }

        (memory.Status, memory.UpdatedAt) = (MemoryStatus.Active, time.GetUtcNow());
        await SaveAsync(person, change, ct);
        return id;
    }

    /// <summary>Gone: from the list, from what answers are given, and its vector from the index.</summary>
    public async Task<Outcome<Guid>> ForgetAsync(Guid person, Guid id, CancellationToken ct)
    {
        await using var change = await BeginAsync(person, ct);
        var found = db.Memories.OwnedBy(person).Where(m => m.Id == id);
        var hash = await found.Select(m => m.Hash).SingleOrDefaultAsync(ct);
        if (hash is null || await found.ExecuteDeleteAsync(ct) == 0)
        {
            return Failure.NotFound("memory");
        }

        await SaveAsync(person, change, ct);
        await vectors.SweepAsync(person, [hash], ct);
        return id;
    }

    /// <summary>All that one minion remembers of the person, proposals too.</summary>
    /// <returns>How many there were.</returns>
    public async Task<Outcome<int>> ForgetAllAsync(Guid person, Guid minion, CancellationToken ct)
    {
        if (!await db.Minions.OwnedBy(person).AnyAsync(m => m.Id == minion, ct))
        {
            return Failure.NotFound("minion");
        }

        await using var change = await BeginAsync(person, ct);
        var all = db.Memories.OwnedBy(person).Where(m => m.MinionId == minion);
        var hashes = await all.Select(m => m.Hash).ToListAsync(ct);
        var gone = await all.ExecuteDeleteAsync(ct);
        await SaveAsync(person, change, ct);
        await vectors.SweepAsync(person, hashes, ct);
        return gone;
    }

    /// <param name="keep">The one that is right; null: both are, they only seemed to contradict each other.</param>
    public async Task<Outcome<Guid>> SettleAsync(Guid person, Guid conflict, Guid? keep, CancellationToken ct)
    {
        await using var change = await BeginAsync(person, ct);
        if (await db.MemoryConflicts.OwnedBy(person).SingleOrDefaultAsync(c => c.Id == conflict, ct) is not { } open)
        {
            return Failure.NotFound("contradiction");
        }

        if (keep is { } chosen && chosen != open.OlderId && chosen != open.NewerId)
        {
            return Failure.Invalid("keep", "keep is the id of one of the two memories, or null where both are right.");
        }

        if (open.SettledAt is not null)
        {
            return Failure.Conflict("This was settled before. Edit the memories themselves.");
        }

        var now = time.GetUtcNow();
        open.SettledAt = now;
        var two = await db.Memories.Where(m => m.Id == open.OlderId || m.Id == open.NewerId).ToListAsync(ct);
        // One that lost to a third is not brought back by what is said of these two.
        foreach (var memory in two.Where(m => keep is not null || m.Status != MemoryStatus.Superseded))
        {
            memory.Status = keep is null || memory.Id == keep ? MemoryStatus.Active : MemoryStatus.Superseded;
            memory.SupersededBy = memory.Status == MemoryStatus.Superseded ? keep : null;
            memory.UpdatedAt = now;
        }

        if (keep is not null)
        {
            // What is used no more contradicts nothing that is.
            var loser = keep == open.OlderId ? open.NewerId : open.OlderId;
            await db
                .MemoryConflicts.Where(c => c.SettledAt == null && c.Id != conflict && (c.OlderId == loser || c.NewerId == loser))
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.SettledAt, now), ct);
        }

        await SaveAsync(person, change, ct);
        return conflict;
    }

    /// <summary>Writes down what was found in a chat. A thing that is known already is not written down twice.</summary>
    internal async Task<Guid?> LearnAsync(Guid person, Guid minion, Learned learned, CancellationToken ct)
    {
        var same = await KnownAsync(person, minion, learned, ct);
        if (same is { Status: MemoryStatus.Proposed } && learned.IsAsked)
        {
            return (await AcceptAsync(person, same.Id, ct)).Value;
        }

        if (same is not null)
        {
            return null;
        }

        var saved = await SaveNewAsync(New(person, minion, learned, MemorySource.Chat), ct);
        return saved.Ok ? saved.Value : null;
    }

    /// <summary>What a minion thinks worth remembering of the person. A thing that is known already is not proposed again.</summary>
    /// <returns>The proposal, or what is known.</returns>
    internal async Task<Outcome<(Memory Memory, bool IsNew)>> ProposeAsync(Guid person, Guid minion, Learned learned, CancellationToken ct)
    {
        if (Problem(new MemoryInput(learned.Content)) is { } problem)
        {
            return problem;
        }

        var known = await KnownAsync(person, minion, learned, ct);
        var memory = known ?? New(person, minion, learned, MemorySource.Chat);
        var failure = known is null ? (await SaveNewAsync(memory, ct)).Failure : null;
        return failure is null ? (memory, IsNew: known is null) : failure;
    }

    /// <summary>What says the same already; null where nothing does.</summary>
    private async Task<Memory?> KnownAsync(Guid person, Guid minion, Learned learned, CancellationToken ct)
    {
        var known = await db.Memories.AsNoTracking().OwnedBy(person).Where(m => m.MinionId == minion).ToListAsync(ct);
        var statement = Statement.Of(learned.Content);
        // Asked for again, it holds again, though another took its place.
        return known.Find(m => (!learned.IsAsked || m.Status != MemoryStatus.Superseded) && Statement.Of(m.Content).Repeats(statement));
    }

    /// <summary>
    /// What was learned in an episode, all of it at once: nothing where the episode was deleted, or where a start of the same job, which was
    /// killed or runs on another node, has written it down before.
    /// </summary>
    internal async Task LearnAsync(Guid person, Guid minion, Guid episode, IEnumerable<Learned> facts, CancellationToken ct)
    {
        await using var change = await BeginAsync(person, ct);
        var existing = await db
            .Database.SqlQuery<Guid>($"""select id as "Value" from episodes where id = {episode} for key share""")
            .ToListAsync(ct);
        if (existing.Count == 0 || await db.Memories.AnyAsync(m => m.EpisodeId == episode, ct))
        {
            return;
        }

        var contents = await db.Memories.OwnedBy(person).Where(m => m.MinionId == minion).Select(m => m.Content).ToListAsync(ct);
        var known = contents.ConvertAll(Statement.Of);
        foreach (var fact in facts)
        {
            var statement = Statement.Of(fact.Content);
            if (known.Count >= MostPerMinion || known.Exists(one => one.Repeats(statement)))
            {
                continue;
            }

            var memory = New(person, minion, fact, MemorySource.Episode);
            await Contradictions.OpenAsync(db, memory, memory.CreatedAt, ct);
            db.Memories.Add(memory);
            await db.SaveChangesAsync(ct);
            known.Add(statement);
        }

        await SaveAsync(person, change, ct);
    }

    private async Task<Outcome<Guid>> SaveNewAsync(Memory memory, CancellationToken ct)
    {
        await using var change = await BeginAsync(memory.OwnerId, ct);
        if (await db.RefusalAsync(memory, ct) is { } refusal)
        {
            return refusal;
        }

        await Contradictions.OpenAsync(db, memory, memory.CreatedAt, ct);
        db.Memories.Add(memory);
        await SaveAsync(memory.OwnerId, change, ct);
        return memory.Id;
    }

    private Memory New(Guid person, Guid minion, Learned learned, MemorySource source) =>
        new()
        {
            OwnerId = person,
            MinionId = minion,
            Content = learned.Content.Trim(),
            Importance = learned.Importance ?? 0.5,
            Status = learned.IsAsked ? MemoryStatus.Active : MemoryStatus.Proposed,
            Source = source,
            ConversationId = learned.Conversation,
            MessageId = learned.Message,
            EpisodeId = learned.Episode,
            MetaData = learned.MetaData,
            Hash = Passage.HashOf(null, learned.Content.Trim()),
            CreatedAt = time.GetUtcNow(),
            UpdatedAt = time.GetUtcNow(),
        };

    internal static Failure? Problem(MemoryInput input) =>
        input.Content is not null && string.IsNullOrWhiteSpace(input.Content)
            ? Failure.Invalid("content", "Write down what to remember, e.g. “I live in Oslo.”")
        : input.Content?.Trim().Length > MemoryTables.MaxContent
            ? Failure.Invalid("content", $"A memory has at most {MemoryTables.MaxContent:N0} characters. Put long texts into a collection.")
        : input.Content?.Contains('\0') == true ? Failure.Invalid("content", "The text holds a character that cannot be stored (NUL).")
        : input.Importance is < 0 or > 1 or double.NaN ? Failure.Invalid("importance", "Importance is from 0 to 1.")
        : input.MetaData is { } said ? MemoryMetaData.Problem(said)
        : null;

    private Task<Memory?> FindAsync(Guid person, Guid id, CancellationToken ct) =>
        db.Memories.OwnedBy(person).SingleOrDefaultAsync(m => m.Id == id, ct);

    /// <summary>One change at a time: what one reads, and opens a case with, another may be about to forget.</summary>
    private async Task<IDbContextTransaction> BeginAsync(Guid person, CancellationToken ct)
    {
        var transaction = await db.Database.BeginTransactionAsync(ct);
        await AdvisoryLocks.TakeAsync(db, person, AdvisoryLocks.Memories, ct);
        return transaction;
    }

    private async Task SaveAsync(Guid person, IDbContextTransaction change, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        live.Publish(person, new LiveEvent(Changed, person, null));
    }
}
