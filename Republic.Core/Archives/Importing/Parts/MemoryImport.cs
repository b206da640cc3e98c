using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Knowledge;
using Republic.Core.Memories;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>
/// Memories of minions that came along. What contradicts what is found out anew, and vectors are made when they are first recalled.
/// </summary>
internal sealed class MemoryImport(LiveEvents live, TimeProvider time) : IImportPart
{
    private const int MaxName = 80;

    public string Kind => ArchiveKinds.Memories;

    public async IAsyncEnumerable<ImportItem> ItemsAsync(ImportScope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var read in scope.Archive.ReadLinesAsync<ArchivedMemory>(ArchiveFormat.Memories, ct))
        {
            if (read.Value is not { } memory)
            {
                yield return ImportItem.Unreadable(Guid.Empty, "A memory", read.Failure!);
            }
            else if (scope.Selection.Has(memory.MinionId))
            {
                yield return new ImportItem(memory.Id, memory.Content.AtMost(MaxName), end => AddAsync(scope, memory, end));
            }
        }
    }

    public Task<List<Guid>> ExistingAsync(ImportScope scope, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        scope.ExistingAsync(db => db.Memories.Select(m => m.Id), ids, ct);

    private async Task<ImportSkip?> AddAsync(ImportScope scope, ArchivedMemory from, CancellationToken ct)
    {
        var input = new MemoryInput(from.Content, from.Importance) { MetaData = from.MetaData };
        return MemoryEditor.Problem(input) is { } problem
            ? ImportSkip.Of(problem)
            : await scope.WithDbAsync(db => AddAsync(scope, db, from, ct));
    }

    private async Task<ImportSkip?> AddAsync(ImportScope scope, RepublicDb db, ArchivedMemory from, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await AdvisoryLocks.TakeAsync(db, scope.Person, AdvisoryLocks.Memories, ct);
        var memory = await MemoryOfAsync(scope, db, from, ct);
        if (await db.Memories.AnyAsync(m => m.Id == memory.Id, ct))
        {
            return null;
        }

        if (!await db.Minions.OwnedBy(scope.Person).AnyAsync(m => m.Id == memory.MinionId, ct))
        {
            return new ImportSkip(ImportReasons.MinionMissing, "The minion that remembers it was not imported.");
        }

        if (await db.RefusalAsync(memory, ct) is { } refusal)
        {
            return ImportSkip.Of(refusal);
        }

        await Contradictions.OpenAsync(db, memory, time.GetUtcNow(), ct);
        db.Memories.Add(memory);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        live.Publish(scope.Person, new LiveEvent(MemoryEditor.Changed, scope.Person, null));
        if (from.ConversationId is not null && memory.ConversationId is null && scope.Selection.Kinds.Contains(ArchiveKinds.Chats))
        {
            var message = "The chat that it was found in did not come along.";
            scope.Note(Kind, from.Content.AtMost(MaxName), from.Id, ImportReasons.ReferenceDropped, message);
        }

        return null;
    }

    private async Task<Memory> MemoryOfAsync(ImportScope scope, RepublicDb db, ArchivedMemory from, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (chat, message) = (scope.IdOf(from.ConversationId), scope.IdOf(from.MessageId));
        var hasChat = await db.Conversations.OwnedBy(scope.Person).AnyAsync(c => c.Id == chat, ct);
        var hasMessage = hasChat && await db.Messages.AnyAsync(m => m.Id == message && m.ConversationId == chat, ct);
        return new Memory
        {
            Id = scope.IdOf(from.Id),
            OwnerId = scope.Person,
            MinionId = scope.IdOf(from.MinionId),
            Content = from.Content.Trim(),
            Importance = from.Importance,
            Status = from.Status,
            Source = from.Source,
            ConversationId = hasChat ? chat : null,
            MessageId = hasMessage ? message : null,
            MetaData = MemoryMetaData.Of(from.MetaData),
            SupersededBy = scope.IdOf(from.SupersededBy),
            Hash = Passage.HashOf(null, from.Content.Trim()),
            CreatedAt = ArchiveTime.Past(from.CreatedAt, now),
            UpdatedAt = ArchiveTime.Past(from.UpdatedAt, now),
        };
    }
}
