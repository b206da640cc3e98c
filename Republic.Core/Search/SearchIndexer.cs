using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Search.Words;

namespace Republic.Core.Search;

/// <summary>
/// Writes down the words of messages that are over, and of titles, each once: within a second or so, the newest first, so that those that were
/// there before the index was do not keep what is said now. Any node does it; what one has at hand the others pass by.
/// </summary>
internal sealed class SearchIndexer(
    IDbContextFactory<RepublicDb> databases,
    LetterFolding letters,
    TimeProvider time,
    ILogger<SearchIndexer> log
) : Sweep(TimeSpan.FromSeconds(1), "The words of new messages are not searched yet and will be later", time, log)
{
    private const int Batch = 100;

    /// <summary>Of one batch, unless its first message alone is longer.</summary>
    private const long MostBytes = 4_000_000;

    /// <summary>What waits longer leaves the processor to others meanwhile.</summary>
    private const int MostInAPass = 1000;

    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var count = 0;
        int done;
        do
        {
            done = await MessagesAsync(ct) + await TitlesAsync(ct);
            count += done;
        } while (done > 0 && count < MostInAPass);
        return count;
    }

    private async Task<int> MessagesAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var waiting = await db
            .Database.SqlQuery<WaitingMessage>(
                $"""
                select id as "Id", octet_length(content) as "Bytes" from messages
                where not is_indexed and state not in ('Pending', 'Streaming', 'Waiting')
                order by created_at desc limit {Batch} for no key update skip locked
                """
            )
            .ToListAsync(ct);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var ids = Taken(waiting);
        var messages = await db
            .Messages.Where(m => ids.Contains(m.Id))
            .Join(
                db.Conversations,
                m => m.ConversationId,
                c => c.Id,
                (m, c) =>
                    new
                    {
                        m.Id,
                        m.CreatedAt,
                        m.Content,
                        c.OwnerId,
                        Citizens = c.Participants.Select(p => p.CitizenId).ToList(),
                    }
            )
            .ToListAsync(ct);
        foreach (var message in messages)
        {
            string[] words =
            [
                TextWords.OfMonth(message.CreatedAt.UtcDateTime),
                .. await WordsAsync(message.Content, [message.OwnerId, .. message.Citizens], ct),
            ];
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into message_words (id, owner_id, said_at, words)
                values ({message.Id}, {message.OwnerId}, {message.CreatedAt}, array_to_tsvector({words}))
                on conflict (id) do update set words = excluded.words
                """,
                ct
            );
        }

        await db.Messages.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.IsIndexed, true), ct);
        await transaction.CommitAsync(ct);
        return ids.Count;
    }

    private async Task<int> TitlesAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ids = await db
            .Database.SqlQuery<Guid>(
                $"""
                select id as "Value" from conversations where title is not null and not is_title_indexed and deleted_at is null
                order by updated_at desc limit {Batch} for no key update skip locked
                """
            )
            .ToListAsync(ct);
        if (ids.Count == 0)
        {
            return 0;
        }

        var conversations = await db
            .Conversations.Where(c => ids.Contains(c.Id))
            .Select(c => new
            {
                c.Id,
                c.OwnerId,
                c.Title,
                Citizens = c.Participants.Select(p => p.CitizenId).ToList(),
            })
            .ToListAsync(ct);
        foreach (var conversation in conversations)
        {
            var words = await WordsAsync(conversation.Title!, [conversation.OwnerId, .. conversation.Citizens], ct);
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into title_words (id, owner_id, words) values ({conversation.Id}, {conversation.OwnerId}, array_to_tsvector({words}))
                on conflict (id) do update set words = excluded.words
                """,
                ct
            );
        }

        await db.Conversations.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.IsTitleIndexed, true), ct);
        await transaction.CommitAsync(ct);
        return ids.Count;
    }

    private async Task<string[]> WordsAsync(string text, IReadOnlyList<Guid> citizens, CancellationToken ct) =>
        [.. citizens.Distinct().Select(TextWords.Of), .. TextWords.Distinct((await letters.FoldAsync(text, ct)).Text)];

    private static List<Guid> Taken(List<WaitingMessage> waiting)
    {
        var bytes = 0L;
        return [.. waiting.TakeWhile((message, i) => (bytes += message.Bytes) <= MostBytes || i == 0).Select(message => message.Id)];
    }

    private sealed record WaitingMessage(Guid Id, int Bytes);
}
