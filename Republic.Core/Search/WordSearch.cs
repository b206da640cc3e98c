using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Search.Words;

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

    /// <summary>A longer time is searched as a whole as quickly.</summary>
    private static readonly TimeSpan MostLately = TimeSpan.FromDays(3 * 365);

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
        if (newest.Count == request.Limit)
        {
            return newest;
        }

        var read = await db
            .Database.SqlQuery<Stretch>(
                $"""
                select count(*)::int as "Count", min(said_at) as "First", max(said_at) as "Last" from (
                  select said_at from message_words
                  where owner_id = {person} and said_at >= {request.From} and (said_at, id) < ({request.Before}, {request.BeforeId})
                  order by said_at desc, id desc limit {Newest}) t
                """
            )
            .SingleAsync(ct);
        if (read is not { Count: Newest, First: { } first, Last: { } last })
        {
            return newest;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync(ByIndex, ct);
        if (Months(first, last, request.Limit, newest.Count) is { } months)
        {
            var lately = await MessagesByIndexAsync(db, request, $"{words} & ({months})", ct);
            if (lately.Count == request.Limit)
            {
                return lately;
            }
        }

        return await MessagesByIndexAsync(db, request, words, ct);
    }

    private static Task<List<FoundWords>> MessagesByIndexAsync(RepublicDb db, SearchRequest request, string words, CancellationToken ct) =>
        db
            .Database.SqlQuery<FoundWords>(
                $"""
                select t.id as "Id", t.said_at as "At" from (
                  select id, owner_id, said_at from message_words where words @@ {words}::tsquery offset 0) t
                where t.owner_id = {request.Person} and t.said_at >= {request.From}
                  and (t.said_at, t.id) < ({request.Before}, {request.BeforeId})
                order by t.said_at desc, t.id desc limit {request.Limit}
                """
            )
            .ToListAsync(ct);

    /// <summary>
    /// The last months that fill a page, twice over, if as many hold the words as did among the newest: the index names no rows of other months
    /// then, and each that it names is read. Null where the newest tell nothing, or too little.
    /// </summary>
    private static string? Months(DateTimeOffset first, DateTimeOffset last, int limit, int found)
    {
        var lately = found == 0 ? TimeSpan.MaxValue : (last - first) * (2.0 * limit / found);
        if (lately > MostLately)
        {
            return null;
        }

        var (from, to) = ((last - lately).UtcDateTime, last.UtcDateTime);
        List<string> months = [];
        for (
            var month = new DateTime(to.Year, to.Month, 1, 0, 0, 0, DateTimeKind.Utc);
            month.AddMonths(1) > from;
            month = month.AddMonths(-1)
        )
        {
            months.Add(AskedWord.Quoted(TextWords.OfMonth(month)));
        }

        return string.Join(" | ", months);
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

    private sealed record Stretch(int Count, DateTimeOffset? First, DateTimeOffset? Last);
}
