using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens.Capabilities;
using Republic.Core.Data;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Journal;

/// <summary>
/// Counts an episode that ended with a result for whoever acted in states that show a capability: for each of them once, whatever is forked or
/// shown later. Its owner judges, so that what they did themselves does not count.
/// </summary>
internal sealed class CapabilityCounter(TimelineChange change, CapabilityRecorder recorder)
{
    /// <summary>A citizen who acted, and the capability that it showed.</summary>
    private sealed record Evidence(Guid Citizen, bool IsPerson, string Capability);

    /// <param name="result">How it ended.</param>
    /// <returns>The citizens that it was counted for, each with the person who looks after them.</returns>
    public async Task<IReadOnlyList<(Guid Person, Guid Citizen)>> SaveAsync(EndResult? result, CancellationToken ct)
    {
        CapabilityEntryKind? kind = result switch
        {
            EndResult.Success => CapabilityEntryKind.Success,
            EndResult.Failure => CapabilityEntryKind.Failure,
            _ => null,
        };
        return kind is { } outcome && await EvidenceAsync(ct) is { Count: > 0 } evidence ? await CountAsync(evidence, outcome, ct) : [];
    }

    private async Task<IReadOnlyList<(Guid Person, Guid Citizen)>> CountAsync(
        IReadOnlyList<Evidence> evidence,
        CapabilityEntryKind outcome,
        CancellationToken ct
    )
    {
        var (db, episode) = (change.Db, change.Episode);
        var existing = await LockExistingAsync(db, [.. evidence.Select(one => one.Citizen).Distinct()], ct);
        List<(Guid Person, Guid Citizen)> counted = [];
        foreach (var one in evidence.Where(one => existing.Contains(one.Citizen)))
        {
            var what = new CapabilityEvent(
                one.Citizen,
                one.Capability,
                outcome,
                CapabilityEntry.EpisodeSource,
                episode.Id,
                Round: 1,
                RecordedBy: episode.OwnerId
            )
            {
                Note = change.Machine.Definition.Name,
            };
            if (await recorder.RecordAsync(db, what, ct))
            {
                counted.Add((one.IsPerson ? one.Citizen : episode.OwnerId, one.Citizen));
            }
        }

        return [.. counted.Distinct()];
    }

    /// <summary>In one order, so that no two episodes that end at once wait for each other.</summary>
    private async Task<IReadOnlyList<Evidence>> EvidenceAsync(CancellationToken ct)
    {
        var capabilities = change
            .Machine.Definition.States.Where(state => state.Capability is not null)
            .ToDictionary(state => state.Name, state => state.Capability!, StringComparer.Ordinal);
        if (capabilities.Count == 0)
        {
            return [];
        }

        var chain = await TimelineChain.OfAsync(change.Db, change.Timeline, upTo: null, ct);
        var (done, acted) = (EpisodeKinds.Of<EpisodeEvent.StepDone>(), EpisodeKinds.Of<EpisodeEvent.PersonActed>());
        var entries = await chain
            .Entries(change.Db)
            .AsNoTracking()
            .Where(entry => entry.Kind == done || entry.Kind == acted)
            .Select(entry => entry.Data)
            .ToListAsync(ct);
        return
        [
            .. entries
                .Select(data => Of(EntryData.Parse(data), capabilities))
                .OfType<Evidence>()
                .DistinctBy(one => (one.Citizen, Capability.Normalize(one.Capability)))
                .OrderBy(one => one.Citizen)
                .ThenBy(one => Capability.Normalize(one.Capability), StringComparer.Ordinal),
        ];
    }

    /// <summary>Null for other states, and for words that somebody else put in the place of a step.</summary>
    private static Evidence? Of(EntryData entry, Dictionary<string, string> capabilities)
    {
        var state = entry.Effects.OfType<EpisodeEffect.Publish>().FirstOrDefault()?.State;
        return state is null || !capabilities.TryGetValue(state, out var capability)
            ? null
            : entry.Event switch
            {
                EpisodeEvent.StepDone done => new Evidence(done.Citizen, IsPerson: false, capability),
                EpisodeEvent.PersonActed { InsteadOf: false } acted => new Evidence(acted.Citizen, IsPerson: true, capability),
                _ => null,
            };
    }

    /// <summary>Those who have an account, held until the transaction ends. One that is just being deleted is not waited for.</summary>
    private static async Task<IReadOnlySet<Guid>> LockExistingAsync(RepublicDb db, Guid[] citizens, CancellationToken ct)
    {
        var found = await db
            .Database.SqlQuery<Guid>(
                $"""select id as "Value" from citizens where id = any({citizens}) order by id for key share skip locked"""
            )
            .ToListAsync(ct);
        return found.ToHashSet();
    }
}
