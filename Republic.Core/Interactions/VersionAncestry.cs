using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Weights;

namespace Republic.Core.Interactions;

/// <summary>Which runs a version's weights come from: its own and, while each went on from the version before, those before it.</summary>
internal sealed class VersionAncestry
{
    private readonly Dictionary<int, (TrainingJob? Run, string? Adapter)> versions;

    /// <summary>Runs that learned from chats, by the name of their weights, which outlive a run that is deleted.</summary>
    private readonly Dictionary<string, Guid> byWeights;

    private VersionAncestry(Dictionary<int, (TrainingJob?, string?)> versions, IEnumerable<Guid> learned)
    {
        this.versions = versions;
        byWeights = learned.ToDictionary(AdapterTrainer.NameOf, StringComparer.Ordinal);
    }

    public IEnumerable<int> Versions => versions.Keys;

    public static async Task<VersionAncestry> ReadAsync(RepublicDb db, Guid minion, CancellationToken ct)
    {
        var read = await db
            .MinionVersions.Where(v => v.MinionId == minion)
            .Select(v => new
            {
                v.Number,
                Run = db.TrainingJobs.FirstOrDefault(j => j.Id == v.TrainingJobId),
                Adapter = v.Adapter ?? v.StyleAdapter,
            })
            .AsNoTracking()
            .ToListAsync(ct);
        var learned = await db.LearnedPairs.Where(pair => pair.MinionId == minion).Select(pair => pair.RunId).Distinct().ToListAsync(ct);
        return new VersionAncestry(read.ToDictionary(v => v.Number, v => (v.Run, v.Adapter)), learned);
    }

    public List<Guid> RunsOf(int version)
    {
        List<Guid> found = [];
        for (int? number = version; number is { } at && versions.TryGetValue(at, out var one); )
        {
            if (one.Run is not { } run)
            {
                if (one.Adapter is { } adapter && byWeights.TryGetValue(adapter, out var deleted))
                {
                    found.Add(deleted);
                }

                break;
            }

            found.Add(run.Id);
            // A run that trains no weights leaves those of the version before in use.
            number = run.Config.Continues || !run.Method.TrainsWeights() ? run.Before?.Version : null;
        }

        return found;
    }
}
