using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Search;

/// <summary>
/// Finds messages and titles by their words, the newest first. First among the newest, of which the words are read: what is common fills a
/// page at once. Where it does not, by the index of words, which gives all that hold them and in no order: those are few then.
/// </summary>
internal static class WordSearch
{
    /// <summary>A word that fills no page of so many is in one of a hundred rows, or fewer.</summary>
    private const int Newest = 2000;

    // The planner cannot know how few rows hold several words at once, and would rather read them all. Room to remember each row that is found,
    // since of a page of the table that is remembered as a whole every row is read again.
    private const string ByIndex = "set local enable_seqscan = off; set local jit = off; set local work_mem = '64MB'";

    public static async Task<List<FoundWords>> MessagesAsync(RepublicDb db, SearchRequest request, CancellationToken ct)
    {
        var (person, words) = (request.Person, Words(request));
        var newest = await db
            .Database.SqlQuery<FoundWords>(
                $"""
                select t.id as "Id", t.said_at as "At" from (
                  select id, said_at, words from message_words
                  where owner_id = {person} and said_at >= {request.From} and (said_at, id) < ({request.Before}, {request.BeforeId})
                  order by said_at desc, id desc limit {Newest}) t
                where t.words @@ {words}::tsquery
                order by t.said_at desc, t.id desc limit {request.Limit}
                """
            )
            .ToListAsync(ct);
        var rows = db.Database.SqlQuery<int>(
            $"""
            select 1 as "Value" from message_words
            where owner_id = {person} and said_at >= {request.From} and (said_at, id) < ({request.Before}, {request.BeforeId})
            order by said_at desc, id desc limit {Newest}
            """
        );
        if (newest.Count == request.Limit || await rows.CountAsync(ct) < Newest)
        {
            return newest;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync(ByIndex, ct);
        return await db
            .Database.SqlQuery<FoundWords>(
                $"""
                select t.id as "Id", t.said_at as "At" from (
                  select id, owner_id, said_at from message_words where words @@ {words}::tsquery offset 0) t
                where t.owner_id = {person} and t.said_at >= {request.From} and (t.said_at, t.id) < ({request.Before}, {request.BeforeId})
                order by t.said_at desc, t.id desc limit {request.Limit}
                """
            )
            .ToListAsync(ct);
    }

    /// <summary>In the order in which their conversations were last used.</summary>
    public static async Task<List<FoundWords>> TitlesAsync(RepublicDb db, SearchRequest request, CancellationToken ct)
    {
        var (person, words) = (request.Person, Words(request));
        var newest = await db
            .Database.SqlQuery<FoundWords>(
                $"""
                select c.id as "Id", c.updated_at as "At" from (
                  select id, updated_at from conversations
                  where owner_id = {person} and deleted_at is null and updated_at >= {request.From} and (updated_at, id) < ({request.Before}, {request.BeforeId})
                  order by updated_at desc, id desc limit {Newest}) c
                cross join lateral (select words from title_words where id = c.id offset 0) t
                where t.words @@ {words}::tsquery
                order by c.updated_at desc, c.id desc limit {request.Limit}
                """
            )
            .ToListAsync(ct);
        var rows = db.Database.SqlQuery<int>(
            $"""
            select 1 as "Value" from conversations
            where owner_id = {person} and deleted_at is null and updated_at >= {request.From} and (updated_at, id) < ({request.Before}, {request.BeforeId})
            order by updated_at desc, id desc limit {Newest}
            """
        );
        if (newest.Count == request.Limit || await rows.CountAsync(ct) < Newest)
        {
            return newest;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync(ByIndex, ct);
        return await db
            .Database.SqlQuery<FoundWords>(
                $"""
                select c.id as "Id", c.updated_at as "At" from (select id from title_words where words @@ {words}::tsquery offset 0) t
                join conversations c on c.id = t.id
                where c.owner_id = {person} and c.deleted_at is null and c.updated_at >= {request.From} and (c.updated_at, c.id) < ({request.Before}, {request.BeforeId})
                order by c.updated_at desc, c.id desc limit {request.Limit}
                """
            )
            .ToListAsync(ct);
    }

    private static string Words(SearchRequest request)
    {
        Guid[] citizens = request.Minion is { } minion ? [request.Person, minion] : [request.Person];
        return request.Question.Tsquery(citizens);
    }
}
