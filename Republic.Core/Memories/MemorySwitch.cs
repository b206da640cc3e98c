using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Knowledge;
using Republic.Core.Providers;

namespace Republic.Core.Memories;

/// <summary>Whether and how a person is remembered.</summary>
public sealed class MemorySwitch(RepublicDb db, ProviderCatalog catalog, LiveEvents live)
{
    public async Task<MemorySettings> ReadAsync(Guid person, CancellationToken ct) =>
        await db.MemorySettings.AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == person, ct)
        ?? new MemorySettings { PersonId = person };

    /// <param name="change">Gets the settings as they are.</param>
    public async Task<Outcome<MemorySettings>> ChangeAsync(Guid person, Action<MemorySettings> change, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        var settings = await db.MemorySettings.SingleOrDefaultAsync(s => s.PersonId == person, ct);
        if (settings is null)
        {
            settings = new MemorySettings { PersonId = person };
            db.MemorySettings.Add(settings);
        }

        change(settings);
        if (Problem(settings.Embedding) is { } problem)
        {
            return problem;
        }

        await db.SaveChangesAsync(ct);
        live.Publish(person, new LiveEvent(MemoryEditor.Changed, person, null));
        return settings;
    }

    private Failure? Problem(EmbeddingModel? model) =>
        model is null ? null
        : catalog.Find(model.Provider) is null ? Failure.Invalid("embedding.provider", $"There is no provider “{model.Provider}”.")
        : string.IsNullOrWhiteSpace(model.ModelId) ? Failure.Invalid("embedding.model_id", "Name the embedding model.")
        : null;
}
