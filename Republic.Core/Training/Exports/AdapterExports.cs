using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Llama.Gguf;
using Republic.Core.PersonalModels;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Versions;

namespace Republic.Core.Training.Exports;

/// <summary>Finds the files and figures of a run's weights that another program needs.</summary>
public sealed class AdapterExports(RepublicDb db, WeightsCheck weights, TrainingFiles files, ModelFinder models)
{
    /// <returns>The export; or why the weights are of no use as they are, where a file is missing or was changed.</returns>
    public async Task<Outcome<AdapterExport>> FindAsync(Guid owner, Guid run, CancellationToken ct)
    {
        if (
            await db.TrainingJobs.OwnedBy(owner).AsNoTracking().SingleOrDefaultAsync(j => j.Id == run, ct)
                is not { Report.Adapter: { } adapter } job
            || await db.MinionVersions.AsNoTracking().SingleOrDefaultAsync(v => v.TrainingJobId == run, ct) is not { } version
        )
        {
            return Failure.NotFound("adapter of this run");
        }

        if (await weights.ProblemAsync(owner, version, ct) is { } problem)
        {
            return problem;
        }

        var minion = await db.Minions.AsNoTracking().SingleAsync(m => m.Id == version.MinionId, ct);
        // The report says what it was called then, and it may have been renamed since.
        var model = WeightsCheck.BaseOf(version);
        var file = models.Find(owner, model);
        var prompt = job.Before!.Speaker(version.EnhancedSystemPrompt ?? version.SystemPrompt, version.Adapter).SystemPrompt;
        var (name, baseName) = ($"{run}.gguf", $"{model}.gguf");
        return new AdapterExport(files.AdapterPath(adapter.Id), name, file.Path, baseName, prompt)
        {
            BaseBytes = file.Bytes,
            BaseSha256 = adapter.BaseSha256,
            Modelfile = new Lazy<string>(() => Modelfile.Of(baseName, name, prompt, GgufReader.Read(file.Path), minion)),
        };
    }
}
