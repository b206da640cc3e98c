using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.PersonalModels;
using Republic.Core.Providers;

namespace Republic.Core.Tasks.Probes;

/// <inheritdoc cref="ITaskAbility"/>
/// <remarks>Models that run here are probed once for each file. Those of providers count as able: probing them would cost money.</remarks>
internal sealed class TaskAbility(
    IDbContextFactory<RepublicDb> databases,
    ProviderCatalog catalog,
    MinionTargets targets,
    SharedModels shared,
    ProbeQueue queue,
    TimeProvider time
) : ITaskAbility
{
    public async Task<IReadOnlyDictionary<Guid, bool?>> OfAsync(IReadOnlyCollection<Minion> minions, CancellationToken ct) =>
        await ReadAsync(minions, await CandidatesAsync(minions, ct), ct);

    public async Task<IReadOnlyDictionary<Guid, bool?>> ProbedAsync(IReadOnlyCollection<Minion> minions, CancellationToken ct)
    {
        var candidates = await CandidatesAsync(minions, ct);
        var known = await ReadAsync(minions, candidates, ct);
        foreach (var candidate in candidates.Where(candidate => known[candidate.Minion] is null))
        {
            _ = queue.ProbeAsync(candidate.File, candidate.Target);
        }

        return known;
    }

    /// <summary>One minion that is about to work: its model is probed before, where that is possible in time.</summary>
    public async Task<bool?> ProbedAsync(Minion minion, CancellationToken ct)
    {
        var candidates = await CandidatesAsync([minion], ct);
        var known = (await ReadAsync([minion], candidates, ct))[minion.Id];
        if (known is not null || candidates is not [var candidate])
        {
            return known;
        }

        try
        {
            await queue.ProbeAsync(candidate.File, candidate.Target).WaitAsync(ProbeAsker.Longest, time, ct);
        }
        catch (TimeoutException)
        {
            return null;
        }

        return (await ReadAsync([minion], candidates, ct))[minion.Id];
    }

    /// <summary>Those of the minions whose model is a file on this machine.</summary>
    private async Task<List<Candidate>> CandidatesAsync(IReadOnlyCollection<Minion> minions, CancellationToken ct)
    {
        List<Candidate> candidates = [];
        foreach (var minion in minions.Where(IsLocal))
        {
            var target = await targets.TargetAsync(minion, ct);
            var file = target.Ok ? target.Value.Installed?.File ?? shared.StampOf(minion.ModelId) : null;
            if (file is not null)
            {
                candidates.Add(new Candidate(minion.Id, file, target.Value!));
            }
        }

        return candidates;
    }

    private async Task<IReadOnlyDictionary<Guid, bool?>> ReadAsync(
        IReadOnlyCollection<Minion> minions,
        List<Candidate> candidates,
        CancellationToken ct
    )
    {
        var files = candidates.ConvertAll(candidate => candidate.File);
        await using var db = await databases.CreateDbContextAsync(ct);
        var probed =
            files.Count == 0
                ? []
                : await db.ProbedModels.AsNoTracking().Where(m => files.Contains(m.File)).ToDictionaryAsync(m => m.File, ct);
        var known = candidates.ToDictionary(
            candidate => candidate.Minion,
            candidate => probed.GetValueOrDefault(candidate.File)?.FollowsTasks
        );
        return minions.ToDictionary(minion => minion.Id, minion => IsLocal(minion) ? known.GetValueOrDefault(minion.Id) : true);
    }

    private bool IsLocal(Minion minion) => minion.Provider == catalog.ModelHost.Name;

    private sealed record Candidate(Guid Minion, string File, ModelTarget Target);
}
