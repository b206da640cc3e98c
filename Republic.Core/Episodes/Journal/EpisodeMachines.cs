using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Core.Episodes.Journal;

/// <summary>The machines of versions that are played. A version never changes, so that each is read once.</summary>
public sealed class EpisodeMachines
{
    private const int Most = 200;
    private readonly ConcurrentDictionary<(Guid Scenario, int Version), EpisodeMachine> machines = [];

    public async ValueTask<EpisodeMachine> OfAsync(RepublicDb db, Guid scenario, int version, CancellationToken ct)
    {
        if (machines.TryGetValue((scenario, version), out var known))
        {
            return known;
        }

        var yaml = await db
            .ScenarioVersions.Where(v => v.ScenarioId == scenario && v.Number == version)
            .Select(v => v.Yaml)
            .SingleAsync(ct);
        var definition =
            ScenarioYaml.Read(yaml).Definition
            ?? throw new InvalidOperationException($"Version {version} of scenario {scenario} cannot be read.");
        if (machines.Count >= Most)
        {
            machines.Clear();
        }

        return machines[(scenario, version)] = new EpisodeMachine(definition);
    }
}
