using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Providers.Upstream;
using Republic.Core.Training.Configuration;

namespace Republic.Core.Training.Versions;

/// <summary>
/// Puts weights out of use that were trained on the built-in model of an earlier Republic: an update brings another file, on which they mean
/// nothing. Left in use they would be refused at every question, and at the first step of the very run that is to train them again.
/// </summary>
internal sealed class FormerWeights(
    IDbContextFactory<RepublicDb> databases,
    WeightsCheck weights,
    ProviderCatalog catalog,
    LiveEvents live,
    TimeProvider time,
    ILogger<FormerWeights> log
) : Sweep(TimeSpan.FromHours(1), "Weights of an earlier built-in model were not looked for", time, log)
{
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var host = catalog.Rows.First(row => row.Transport == ProviderTransport.ModelHost);
        await using var db = await databases.CreateDbContextAsync(ct);
        var used =
            from minion in db.Minions
            join version in db.MinionVersions
                on new { minion.Id, minion.Version } equals new { Id = version.MinionId, Version = version.Number }
            where
                (minion.Provider == host.Name && minion.ModelId == host.DefaultModel && minion.Adapter != null)
                || minion.StyleModel == host.DefaultModel
            select new { minion, version };
        var former = (await used.ToListAsync(ct)).Where(one => weights.IsOfFormerBuiltIn(one.version)).ToList();
        foreach (var (minion, version) in former.Select(one => (one.minion, one.version)))
        {
            log.LogWarning(
                "The weights of {Minion}'s version {Version} are of an earlier built-in model and out of use: train it again",
                minion.Id,
                version.Number
            );
            (minion.Adapter, minion.StyleAdapter, minion.StyleModel, minion.UpdatedAt) = (null, null, null, Time.GetUtcNow());
        }

        await db.SaveChangesAsync(ct);
        former.ForEach(one => live.Publish(one.minion.OwnerId, new LiveEvent(MinionVersions.Changed, one.minion.Id, null)));
        return former.Count;
    }
}
