using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Llama.Files;
using Republic.Core.PersonalModels;
using Republic.Core.Trainer;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Configuration;

/// <summary>
/// Where a run failed because its base leaves no memory to train, makes a copy of that base with fewer bits a weight. A run for a minion at
/// a provider goes on with it; a minion that runs here has to be given the copy first, for weights fit only the file they were trained on.
/// </summary>
public sealed class SmallerBase(
    RepublicDb db,
    TrainingCards cards,
    TrainingSupervisor supervisor,
    ModelFinder models,
    DataFolder data,
    TimeProvider time
)
{
    /// <summary>Whether a copy of its base may help this run.</summary>
    public static bool MayHelp(TrainingCard run) =>
        run is { Status: TrainingStatus.Failed, CurrentStep: (int)StepName.EnhanceModel, Config.BaseModel: not null }
        && run.Method.TrainsWeights()
        && run.ErrorMessage?.Contains("memory", StringComparison.OrdinalIgnoreCase) == true;

    public async Task<Outcome<Made>> MakeAsync(Guid owner, Guid id, string type, CancellationToken ct)
    {
        var found = await cards.FindAsync(owner, id, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        var run = found.Value;
        if (!MayHelp(run))
        {
            return Failure.Conflict(
                "A smaller copy of the base is made for a run whose training failed for want of memory, and this one did not."
            );
        }

        if (models.IsOwn(owner, run.Config.BaseModel!))
        {
            return Failure.Conflict(
                $"{run.Config.BaseModel} is a personal model: install it with fewer bits a weight, and make the run on that."
            );
        }

        try
        {
            var model = models.PathOf(owner, run.Config.BaseModel!);
            var made = await supervisor.QuantizeAsync(model, PlaceOf(model, type), type, ct);
            return made.Ok ? await UseAsync(run, made.Value, ct) : made.Failure;
        }
        catch (FileNotFoundException gone)
        {
            return Failure.Conflict(gone.Message);
        }
    }

    /// <summary>Beside the model; a copy of the built-in one among the person's own, for the program's folder is not written to.</summary>
    private string PlaceOf(string model, string type)
    {
        var beside = ModelQuantizer.PathOf(model, type);
        var builtIn = Path.GetDirectoryName(beside) == Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "models"));
        return builtIn ? Path.Combine(Directory.CreateDirectory(data.Path("models")).FullName, Path.GetFileName(beside)) : beside;
    }

    private async Task<Outcome<Made>> UseAsync(TrainingCard run, string copy, CancellationToken ct)
    {
        var (name, bytes) = (Path.GetFileNameWithoutExtension(copy), new FileInfo(copy).Length);
        if (run.Method != TrainingMethod.Style)
        {
            return new Made(name, bytes, false, $"Choose {name} as the model of {run.MinionName}, and make the run once more.");
        }

        var job = await db.TrainingJobs.SingleAsync(j => j.Id == run.Id, ct);
        (job.Config, job.UpdatedAt) = (job.Config with { BaseModel = name }, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return new Made(name, bytes, true, "The run can go on with the copy.");
    }

    /// <param name="Model">The copy's name.</param>
    /// <param name="IsUsed">The run will train on it when it is started again.</param>
    /// <param name="Next">What to do now, for people.</param>
    public sealed record Made(string Model, long Bytes, bool IsUsed, string Next);
}
