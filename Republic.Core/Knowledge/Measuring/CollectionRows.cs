using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Uploads;
using Republic.Core.Files;

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

        var (received, isEmpty) = await ReceiveAsync(owner, RowsAsync(db, owner, collection, choice, ct), ct);
        if (isEmpty)
        {
            return Failure.Conflict(
                choice.Passages
                    ? "No passage stands below a heading, and no question has an answer: there is nothing to make rows of."
                    : "No question has an answer yet. Write answers, or have a minion draft questions with theirs."
            );
        }

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

    /// <summary>The file is written while rows are read: a large collection does not fit into memory as a whole.</summary>
    private async Task<(Outcome<ReceivedFile> Received, bool IsEmpty)> ReceiveAsync(
        Guid owner,
        IAsyncEnumerable<Example> rows,
        CancellationToken ct
    )
    {
        var pipe = new Pipe();
        var writing = WriteAsync(rows, pipe.Writer, ct);
        Outcome<ReceivedFile> received;
        int count;
        try
        {
            // Closed, also where the file was refused before its end, it stops the writer.
            await using var content = pipe.Reader.AsStream();
            received = await upload.ReceiveAsync(owner, content, fileName: null, ct);
        }
        finally
        {
            count = await writing;
        }

        return (received, count == 0);
    }

    /// <returns>How many were written.</returns>
    private static async Task<int> WriteAsync(IAsyncEnumerable<Example> rows, PipeWriter file, CancellationToken ct)
    {
        var count = 0;
        Exception? fault = null;
        try
        {
            await foreach (var row in rows.WithCancellation(ct))
            {
                count++;
                byte[] line =
                [
                    .. JsonSerializer.SerializeToUtf8Bytes(new { prompt = row.Prompt, completion = row.Completion }),
                    (byte)'\n',
                ];
                if ((await file.WriteAsync(line, ct)).IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception e)
        {
            // The reader must not take what was written so far for the whole.
            fault = e;
            throw;
        }
        finally
        {
            await file.CompleteAsync(fault);
        }

        return count;
    }

    private static async IAsyncEnumerable<Example> RowsAsync(
        RepublicDb db,
        Guid owner,
        Guid collection,
        Choice choice,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var questions = db
            .GoldenQuestions.AsNoTracking()
            .OwnedBy(owner)
            .Where(q => choice.Questions && q.CollectionId == collection && q.Answer != null)
            .OrderBy(q => q.CreatedAt)
            .Select(q => new { q.Text, q.Answer })
            .AsAsyncEnumerable();
        await foreach (var question in questions.WithCancellation(ct))
        {
            yield return new Example(question.Text, question.Answer!);
        }

        var passages = db
            .Passages.AsNoTracking()
            .OwnedBy(owner)
            .Where(p => choice.Passages && p.CollectionId == collection && p.Heading != null)
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
            yield return new Example($"What does {passage.Name} say under “{passage.Heading}”?", passage.Text);
        }
    }

    private sealed record Example(string Prompt, string Completion);
}
