using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Uploads;

namespace Republic.Core.Knowledge.Measuring;

/// <summary>Makes a dataset of a collection: to train on what its documents say.</summary>
public sealed class CollectionRows(IDbContextFactory<RepublicDb> databases, DatasetUpload upload, DatasetEditor datasets)
{
    /// <param name="Questions">A row of each golden question that has an answer.</param>
    /// <param name="Passages">A row of each passage that stands below a heading.</param>
    public sealed record Choice(string? Name, bool Questions, bool Passages);

    public async Task<Outcome<Guid>> MakeAsync(Guid owner, Guid collection, Choice choice, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Collections.AsNoTracking().OwnedBy(owner).SingleOrDefaultAsync(c => c.Id == collection, ct) is not { } found)
        {
            return Failure.NotFound("collection");
        }

        if (choice is { Questions: false, Passages: false })
        {
            return Failure.Invalid(
                "questions",
                "Choose what the rows are made of: questions with answers, passages below headings, or both."
            );
        }

        using var rows = new MemoryStream();
        if (choice.Questions)
        {
            await QuestionsAsync(db, owner, collection, rows, ct);
        }

        if (choice.Passages)
        {
            await PassagesAsync(db, owner, collection, rows, ct);
        }

        if (rows.Length == 0)
        {
            return Failure.Conflict(
                choice.Passages
                    ? "No passage stands below a heading, and no question has an answer: there is nothing to make rows of."
                    : "No question has an answer yet. Write answers, or have a minion draft questions with theirs."
            );
        }

        rows.Position = 0;
        var received = await upload.ReceiveAsync(owner, rows, fileName: null, ct);
        if (!received.Ok)
        {
            return received.Failure;
        }

        using var source = received.Value;
        var input = new DatasetInput
        {
            Name = string.IsNullOrWhiteSpace(choice.Name) ? found.Name : choice.Name,
            Description = $"Made from the collection {found.Name}.",
            DatasetType = "rag",
        };
        return await datasets.CreateAsync(owner, input, source, ct);
    }

    private static async Task QuestionsAsync(RepublicDb db, Guid owner, Guid collection, Stream rows, CancellationToken ct)
    {
        var questions = db
            .GoldenQuestions.AsNoTracking()
            .OwnedBy(owner)
            .Where(q => q.CollectionId == collection && q.Answer != null)
            .OrderBy(q => q.CreatedAt)
            .Select(q => new { q.Text, q.Answer })
            .AsAsyncEnumerable();
        await foreach (var question in questions.WithCancellation(ct))
        {
            Write(rows, question.Text, question.Answer!);
        }
    }

    private static async Task PassagesAsync(RepublicDb db, Guid owner, Guid collection, Stream rows, CancellationToken ct)
    {
        var passages = db
            .Passages.AsNoTracking()
            .OwnedBy(owner)
            .Where(p => p.CollectionId == collection && p.Heading != null)
            .Join(db.Documents, p => p.DocumentId, d => d.Id, (p, d) => new { Passage = p, d.Name })
            .OrderBy(p => p.Passage.DocumentId)
            .ThenBy(p => p.Passage.Ordinal)
            .Select(p => new
            {
                p.Passage.Heading,
                p.Passage.Text,
                p.Name,
            })
            .AsAsyncEnumerable();
        await foreach (var passage in passages.WithCancellation(ct))
        {
            Write(rows, $"What does {passage.Name} say under “{passage.Heading}”?", passage.Text);
        }
    }

    private static void Write(Stream rows, string prompt, string completion)
    {
        JsonSerializer.Serialize(rows, new { prompt, completion });
        rows.WriteByte((byte)'\n');
    }
}
