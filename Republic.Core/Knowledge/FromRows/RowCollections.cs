using System.Text;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Ingest;
using Republic.Core.Knowledge.Reading;

namespace Republic.Core.Knowledge.FromRows;

/// <summary>Makes a collection of questions with their answers: one document, in which each is a passage of its own.</summary>
public sealed class RowCollections(DocumentFiles files)
{
    /// <summary>What names the row of work that is done as soon as it is there.</summary>
    public const string KindOfJob = "rows";

    /// <summary>Of the document as it is made: each change of its passages raises it.</summary>
    public const int FirstRevision = 1;

    /// <summary>In the caller's transaction: all of it is there at once, and an index in memory never sees half.</summary>
    /// <returns>False where a collection of this id was there already, which is left as it is.</returns>
    public async Task<bool> AddAsync(RepublicDb db, RowSource source, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Collections.FindAsync([source.Id], ct) is not null)
        {
            return false;
        }

        var text = source.Text;
        var bytes = Encoding.UTF8.GetBytes(text);
        var document = DocumentOf(source, text, bytes, now);
        // As an upload leaves it, so that it can be cut anew. One without a row, should this not be saved, is swept away.
        await files.WriteAsync(document.Id, bytes, ct);
        var work = new Job
        {
            Id = document.JobId,
            OwnerId = source.Owner,
            Kind = KindOfJob,
            Subject = document.Id,
            Status = JobStatus.Completed,
            Progress = 1,
            CreatedAt = now,
            StartedAt = now,
            FinishedAt = now,
        };
        db.AddRange(
            work,
            new Collection
            {
                Id = source.Id,
                OwnerId = source.Owner,
                Name = source.Name,
                Description = source.Description,
                CreatedAt = now,
                UpdatedAt = now,
            },
            document,
            new DocumentText { DocumentId = document.Id, Text = text }
        );
        await db.SaveChangesAsync(ct);
        await PassageWriter.AddAsync(db, PassagesOf(document, source.Texts), ct);
        return true;
    }

    private static Document DocumentOf(RowSource source, string text, byte[] bytes, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            OwnerId = source.Owner,
            CollectionId = source.Id,
            Name = "Rows",
            Format = DocumentFormat.Text,
            Bytes = bytes.Length,
            Sha256 = source.Sha256,
            Language = LanguageGuess.Of(text),
            Characters = text.Length,
            PassageCount = source.Texts.Count,
            Revision = FirstRevision,
            JobId = Guid.CreateVersion7(),
            CreatedAt = now,
            UpdatedAt = now,
        };

    private static IEnumerable<Passage> PassagesOf(Document document, IReadOnlyList<string> texts)
    {
        var start = 0;
        foreach (var (ordinal, text) in texts.Index())
        {
            yield return PassageOf(document, ordinal, start, text);
            start += text.Length + RowSource.Between.Length;
        }
    }

    private static Passage PassageOf(Document document, int ordinal, int start, string text) =>
        new()
        {
            OwnerId = document.OwnerId,
            CollectionId = document.CollectionId,
            DocumentId = document.Id,
            Ordinal = ordinal,
            Start = start,
            Length = text.Length,
            Text = text,
            Hash = Passage.HashOf(null, text),
            Bigrams = CjkBigrams.Indexed(null, text),
            Language = document.Language,
        };
}
