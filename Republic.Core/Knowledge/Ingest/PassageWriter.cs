using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Republic.Core.Data;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>Adds passages by PostgreSQL's COPY, which takes several times as many a second as single inserts.</summary>
internal static class PassageWriter
{
    private const string Copy = """
        copy passages (
            id, owner_id, collection_id, document_id, ordinal, start, length, heading, page, text, is_edited, hash, language, bigrams)
        from stdin (format binary)
        """;

    /// <summary>New words wait in a list, through which every search goes, until somebody merges them into the index.</summary>
    private const string Merge = "select gin_clean_pending_list('ix_passages_search')";

    /// <summary>
    /// Of one command. A node that stops in the middle of one holds its rows against its successor: the database ends transactions that are
    /// idle, and within a command none is.
    /// </summary>
    private const int MostAtOnce = 1000;

    /// <summary>In the transaction of the caller.</summary>
    public static async Task AddAsync(RepublicDb db, IEnumerable<Passage> passages, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            foreach (var some in passages.Chunk(MostAtOnce))
            {
                await using var copy = await ((NpgsqlConnection)db.Database.GetDbConnection()).BeginBinaryImportAsync(Copy, ct);
                foreach (var passage in some)
                {
                    await WriteAsync(copy, passage, ct);
                }

                await copy.CompleteAsync(ct);
            }

            await db.Database.ExecuteSqlRawAsync(Merge, ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, Passage passage, CancellationToken ct)
    {
        await copy.StartRowAsync(ct);
        await copy.WriteAsync(passage.Id, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(passage.OwnerId, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(passage.CollectionId, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(passage.DocumentId, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(passage.Ordinal, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(passage.Start, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(passage.Length, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(passage.Heading, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(passage.Page, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(passage.Text, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(passage.IsEdited, NpgsqlDbType.Boolean, ct);
        await copy.WriteAsync(passage.Hash, NpgsqlDbType.Bytea, ct);
        await copy.WriteAsync(passage.Language, NpgsqlDbType.Varchar, ct);
        await copy.WriteAsync(passage.Bigrams, NpgsqlDbType.Array | NpgsqlDbType.Text, ct);
    }
}
