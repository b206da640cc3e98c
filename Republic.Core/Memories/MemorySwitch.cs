using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Knowledge.Embedding;

namespace Republic.Core.Memories;

/// <summary>Whether and how a person is remembered.</summary>
public sealed class MemorySwitch(RepublicDb db, PassageEmbedder embedder, LiveEvents live)
{
    public async Task<MemorySettings> ReadAsync(Guid person, CancellationToken ct) =>
        await db.MemorySettings.AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == person, ct)
        ?? new MemorySettings { PersonId = person };

    /// <param name="change">Gets the settings as they are.</param>
    public async Task<Outcome<MemorySettings>> ChangeAsync(Guid person, Action<MemorySettings> change, CancellationToken ct)
    {
        var settings = await db.MemorySettings.SingleOrDefaultAsync(s => s.PersonId == person, ct);
        if (settings is null)
        {
            settings = new MemorySettings { PersonId = person };
            db.MemorySettings.Add(settings);
        }

        var before = settings.Embedding;
        change(settings);
        // A model that does not answer now would only be noticed when nothing is recalled.
        if (settings.Embedding is { } model && model != before && await embedder.TryAsync(person, model, ct) is { Ok: false } untried)
        {
            return untried.Failure;
        }

        await db.SaveChangesAsync(ct);
        live.Publish(person, new LiveEvent(MemoryEditor.Changed, person, null));
        return settings;
    }
}
