using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Cutting;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Knowledge.Measuring;
using Republic.Core.Knowledge.Reading;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>Makes passages of a document, or new vectors for those it has.</summary>
internal sealed class IngestWork(
    IDbContextFactory<RepublicDb> databases,
    DocumentFiles files,
    DocumentReader reader,
    PassageEmbedder embedder,
    PassageStore store,
    IOptions<IngestOptions> options
) : IJobWork
{
    public const string KindOfJob = "document";

    /// <summary>Vectors of so many passages are there in seconds; a document with more is found by its words meanwhile.</summary>
    private const int FewPassages = 50;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db
            .Documents.AsNoTracking()
            .Where(d => d.Id == run.Job.Subject)
            .Join(db.Collections, d => d.CollectionId, c => c.Id, (d, c) => new { Document = d, Collection = c })
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return Failure.NotFound("document");
        }

        return IngestOrder.Of(run.Job.Input!).Cuts
            ? await CutAsync(run, db, found.Document, found.Collection, ct)
            : await KeepAsync(run, db, found.Document, found.Collection, ct);
    }

    private async Task<Outcome<JobResult>> CutAsync(
        JobRun run,
        RepublicDb db,
        Document document,
        Collection collection,
        CancellationToken ct
    )
    {
        run.Report(0.02, "Reading");
        var read = await Task.Run(() => reader.ReadAsync(files.PathOf(document.Id), document.Format, ct), ct);
        if (!read.Ok)
        {
            return read.Failure;
        }

        run.Report(0.2, "Cutting into passages");
        var pieces = PassageCutter.Cut(read.Value, collection.Cutting);
        if (pieces.Count > options.Value.MaxPassages)
        {
            return Failure.Conflict(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It would be {pieces.Count:n0} passages; at most {options.Value.MaxPassages:n0} are kept of one document. Let passages be longer in the settings, or split the file."
                )
            );
        }

        var known = await db
            .Passages.Where(p => p.DocumentId == document.Id)
            .Select(p => new
            {
                p.Id,
                p.Start,
                p.Length,
            })
            .ToListAsync(ct);
        var ids = known.GroupBy(p => (p.Start, p.Length)).ToDictionary(same => same.Key, same => same.First().Id);
        var passages = pieces.Select((piece, at) => PassageOf(document, read.Value, piece, at, ids)).ToList();
        var cause = IngestOrder.Of(run.Job.Input!).Cause ?? MeasureCause.Indexed(document);
        if (collection.Embedding is not null && passages.Count > FewPassages)
        {
            var vectors = IngestOrder.Of(run.Job.Input!) with { Cuts = false, Cause = cause };
            return new JobResult((into, end) => store.SaveAsync(into, document, read.Value, passages, cause: null, end)).Then(
                new JobDeferral(TimeSpan.Zero, "Making vectors", vectors.ToJson())
            );
        }

        var cut = new JobResult((into, end) => store.SaveAsync(into, document, read.Value, passages, cause, end));
        if (await EmbedAsync(run, collection, passages.Select(p => p.Embedded), ct) is { } failure)
        {
            // Words find the passages, whatever becomes of their vectors.
            return cut.Then(Rest(run, failure));
        }

        run.Report(0.95, "Saving");
        return cut;
    }

    private async Task<Outcome<JobResult>> KeepAsync(
        JobRun run,
        RepublicDb db,
        Document document,
        Collection collection,
        CancellationToken ct
    )
    {
        var texts = await db
            .Passages.AsNoTracking()
            .Where(p => p.DocumentId == document.Id)
            .Select(p => new { p.Heading, p.Text })
            .ToListAsync(ct);
        var cause = IngestOrder.Of(run.Job.Input!).Cause ?? MeasureCause.NewVectors(document);
        return await EmbedAsync(run, collection, texts.Select(p => Passage.EmbeddedOf(p.Heading, p.Text)), ct) is not { } failure
                ? new JobResult((into, end) => store.SaveVectorsAsync(into, document, cause, end))
            : failure.RetryAfter is not null && IngestOrder.Of(run.Job.Input!).Tries + 1 < Patience.MostTries
                ? JobResult.After(Rest(run, failure))
            : failure;
    }

    /// <summary>
    /// A model that does not answer is waited for in the queue, where that is in nobody's way. Passages and vectors that were made are
    /// kept, so only vectors that are missing are asked for then.
    /// </summary>
    private static JobDeferral Rest(JobRun run, Failure failure)
    {
        var order = IngestOrder.Of(run.Job.Input!);
        var tries = order.Tries + 1;
        return new JobDeferral(
            failure.RetryAfter is { } asked ? Pause(asked, Patience.After(tries)) : TimeSpan.Zero,
            "Waiting for the embedding model, which does not answer just now",
            (order with { Cuts = false, Tries = tries }).ToJson()
        );
    }

    /// <summary>Before anything is saved: a vector kept by its text's hash does no harm when this start is overtaken.</summary>
    private async Task<Failure?> EmbedAsync(JobRun run, Collection collection, IEnumerable<string> texts, CancellationToken ct)
    {
        if (collection.Embedding is not { } model)
        {
            return null;
        }

        run.Report(0.3, "Making vectors");
        var made = await embedder.EmbedAsync(
            collection.OwnerId,
            model,
            [.. texts],
            share => run.Report(0.3 + 0.65 * share, "Making vectors"),
            ct
        );
        return made.Failure;
    }

    private static TimeSpan Pause(TimeSpan asked, TimeSpan own) =>
        asked > LongestPause ? LongestPause
        : asked > own ? asked
        : own;

    /// <summary>One at the place of a passage that there was keeps its id, so that what cites it still finds it.</summary>
    private static Passage PassageOf(
        Document document,
        ReadDocument read,
        PassagePiece piece,
        int ordinal,
        Dictionary<(int Start, int Length), Guid> ids
    )
    {
        var text = piece.TextIn(read.Text);
        return new Passage
        {
            Id = ids.TryGetValue((piece.Start, piece.Length), out var id) ? id : Guid.CreateVersion7(),
            OwnerId = document.OwnerId,
            CollectionId = document.CollectionId,
            DocumentId = document.Id,
            Ordinal = ordinal,
            Start = piece.Start,
            Length = piece.Length,
            Heading = piece.Heading,
            Page = piece.Page,
            Text = text,
            Hash = Passage.HashOf(piece.Heading, text),
            Bigrams = CjkBigrams.Indexed(piece.Heading, text),
            Language = read.Language,
        };
    }
}
