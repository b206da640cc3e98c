using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Knowledge.Collections;

namespace Republic.Core.Knowledge.Vectors.Chroma;

/// <summary>Takes away what the Chroma server holds of collections, models and people that are gone.</summary>
internal sealed class ChromaSweep(
    ChromaClient chroma,
    IDbContextFactory<RepublicDb> databases,
    IOptions<ChromaOptions> options,
    TimeProvider time,
    ILogger<ChromaSweep> log
) : Sweep(Every, "What the Chroma server holds of deleted collections is still there", time, log)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var held = await chroma.ListAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        Guid[] named = [.. held.Select(collection => collection.Metadata?.Collection).OfType<Guid>()];
        var known = await db.Collections.Where(c => named.Contains(c.Id)).Select(c => new { c.Id, c.OwnerId }).ToListAsync(ct);
        Guid[] owners = [.. known.Select(collection => collection.OwnerId).Distinct()];
        // A model that no vector of the person is kept of any more is not asked again either.
        var models = await db
            .StoredVectors.Where(v => owners.Contains(v.OwnerId))
            .Select(v => new { v.OwnerId, v.Model })
            .Distinct()
            .ToListAsync(ct);
        var kept = known
            .SelectMany(collection =>
                models
                    .Where(model => model.OwnerId == collection.OwnerId)
                    .Select(model => ChromaNames.Of(new VectorSpace(collection.OwnerId, collection.Id, model.Model)))
            )
            .ToHashSet(StringComparer.Ordinal);
        var gone = held.FindAll(collection => !kept.Contains(collection.Name));
        foreach (var collection in gone)
        {
            await chroma.DropAsync(collection.Name, ct);
        }

        return gone.Count;
    }

    public override Task RunAsync(CancellationToken ct) => options.Value.Url is null ? Task.CompletedTask : base.RunAsync(ct);
}
