using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Jobs;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Measuring;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>Makes, changes and removes collections. What was set otherwise is indexed again by itself.</summary>
public sealed class CollectionEditor(
    RepublicDb db,
    DocumentJobs jobs,
    DocumentFiles files,
    CollectionRules rules,
    LiveEvents live,
    TimeProvider time
)
{
    public Task<Outcome<Guid>> CreateAsync(Guid owner, CollectionInput input, CancellationToken ct) =>
        CreateAsync(owner, input, Guid.CreateVersion7(), ct);

    /// <param name="known">The id that it gets, which none has.</param>
    internal async Task<Outcome<Guid>> CreateAsync(Guid owner, CollectionInput input, Guid known, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(input.Name))
        {
            return Failure.Invalid("name", "A collection needs a name.");
        }

        input = input with { Embedding = Plain(input.Embedding) };
        if (await rules.CheckAsync(owner, input, current: null, ct) is { } wrong)
        {
            return wrong;
        }

        var now = time.GetUtcNow();
        var collection = new Collection
        {
            Id = known,
            OwnerId = owner,
            Name = input.Name.Trim(),
            Description = string.IsNullOrWhiteSpace(input.Description) ? null : input.Description.Trim(),
            Cutting = input.Cutting ?? new CuttingSettings(),
            Retrieval = input.Retrieval ?? new RetrievalSettings(),
            Embedding = rules.EmbeddingOf(input),
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Collections.Add(collection);
        await db.SaveChangesAsync(ct);
        return collection.Id;
    }

    public async Task<Outcome<Guid>> UpdateAsync(Guid owner, Guid id, CollectionInput input, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (input.Cutting is not null || input.Embedding is not null || input.NoEmbedding)
        {
            // What is indexed anew has its job cancelled, and jobs are held before their subjects.
            await JobControl.HoldAsync(db, owner, db.Documents.Where(d => d.CollectionId == id).Select(d => d.JobId), ct);
        }

        if (await LockAsync(owner, id, ct) is not { } collection)
        {
            return Failure.NotFound("collection");
        }

        if (await rules.CheckAsync(owner, input with { Embedding = Plain(input.Embedding) }, collection.Embedding, ct) is { } wrong)
        {
            return wrong;
        }

        var cutting = input.Cutting ?? collection.Cutting;
        var embedding = input.NoEmbedding ? null : Plain(input.Embedding) ?? collection.Embedding;
        var (cuts, embeds) = (cutting != collection.Cutting, embedding != collection.Embedding);
        if (cuts && !input.LoseEdits && await EditedAsync(id, ct) is var edited and > 0)
        {
            return LostEdits.Of(edited);
        }

        collection.Name = input.Name?.Trim() ?? collection.Name;
        collection.Description =
            input.Description is null ? collection.Description
            : input.Description.Trim().Length == 0 ? null
            : input.Description.Trim();
        (collection.Cutting, collection.Embedding) = (cutting, embedding);
        collection.Retrieval = input.Retrieval ?? collection.Retrieval;
        collection.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync(ct);
        if (!cuts && !embeds && input.Retrieval is not null)
        {
            await jobs.Measure.OrderAsync(db, owner, id, MeasureCause.Settings(id), ct);
        }

        var cause = embeds ? MeasureCause.Model(embedding, id) : MeasureCause.Cut(id);
        var restart = cuts || embeds ? await jobs.RestartInAsync(owner, await DocumentsAsync(id, ct), cuts, cause, ct) : null;
        await transaction.CommitAsync(ct);
        await jobs.Control.After.RunAsync(_ => restart?.Invoke() ?? Task.CompletedTask);
        live.Publish(owner, new LiveEvent("document.changed", id, null));
        return id;
    }

    /// <summary>Reads and cuts every document anew.</summary>
    public async Task<Outcome<Guid>> IndexAgainAsync(Guid owner, Guid id, bool losesEdits, CancellationToken ct)
    {
        if (!await db.Collections.OwnedBy(owner).AnyAsync(c => c.Id == id, ct))
        {
            return Failure.NotFound("collection");
        }

        if (!losesEdits && await EditedAsync(id, ct) is var edited and > 0)
        {
            return LostEdits.Of(edited);
        }

        await jobs.RestartAsync(owner, await DocumentsAsync(id, ct), cuts: true, MeasureCause.Cut(id), ct);
        return id;
    }

    /// <summary>Gone for good: its documents with their files, its passages, and the vectors that only they had.</summary>
    public async Task<Outcome<string>> DeleteAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (await db.Collections.OwnedBy(owner).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } collection)
        {
            return Failure.NotFound("collection");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var documents = await DocumentsAsync(id, ct);
        var cancelled = await JobControl.CancelInAsync(db, owner, documents.ConvertAll(d => d.JobId), why: null, ct);
        var hashes = await db.Passages.Where(p => p.CollectionId == id).Select(p => p.Hash).Distinct().ToListAsync(ct);
        db.ChangeTracker.Clear();
        await db.Collections.Where(c => c.Id == id).ExecuteDeleteAsync(ct);
        await HeldVectors.ForgetAsync(db, owner, hashes, Guid.Empty, ct);
        await transaction.CommitAsync(ct);
        jobs.Control.PublishEnd(cancelled);
        documents.ForEach(document => files.Delete(document.Id));
        live.Publish(owner, new LiveEvent("document.changed", id, null));
        return collection.Name;
    }

    /// <summary>What was left empty in a form is nothing.</summary>
    private static EmbeddingModel? Plain(EmbeddingModel? model) =>
        model is null
            ? null
            : model with
            {
                ModelId = model.ModelId?.Trim() ?? "",
                BaseUrl = string.IsNullOrWhiteSpace(model.BaseUrl) ? null : model.BaseUrl.Trim(),
                // A space at its end belongs to it.
                QueryPrefix = string.IsNullOrWhiteSpace(model.QueryPrefix) ? null : model.QueryPrefix,
                PassagePrefix = string.IsNullOrWhiteSpace(model.PassagePrefix) ? null : model.PassagePrefix,
            };

    private Task<int> EditedAsync(Guid id, CancellationToken ct) => db.Passages.CountAsync(p => p.CollectionId == id && p.IsEdited, ct);

    private Task<List<Document>> DocumentsAsync(Guid id, CancellationToken ct) =>
        db.Documents.Where(d => d.CollectionId == id).ToListAsync(ct);

    private Task<Collection?> LockAsync(Guid owner, Guid id, CancellationToken ct) =>
        db.Collections.FromSql($"select * from collections where id = {id} and owner_id = {owner} for update").SingleOrDefaultAsync(ct);
}
