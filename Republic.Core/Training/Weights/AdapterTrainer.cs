using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Loop;
using Republic.Core.Trainer;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Steps;
using Republic.Core.Training.Versions;

namespace Republic.Core.Training.Weights;

/// <summary>Trains the weights of a run in a child process, from the last checkpoint of any earlier start on.</summary>
internal sealed class AdapterTrainer(
    TrainingSupervisor supervisor,
    IDbContextFactory<RepublicDb> databases,
    TrainingFiles files,
    TimeProvider time
)
{
    private const string File = "adapter.gguf";

    /// <summary>
    /// Beside finished weights whose losses are all written down: the steps that were done, and planned. Where it is missing, the next start
    /// has them from the last checkpoint.
    /// </summary>
    private const string Told = ".told";
    private static readonly TimeSpan FlushEvery = TimeSpan.FromMilliseconds(500);

    /// <param name="order">Without the adapter's path, which is the start's own.</param>
    public async Task<Outcome<EnhancedModel.TrainedWeights>> TrainAsync(StepRun run, LoraRun order, CancellationToken ct)
    {
        var adapter = Path.Combine(Directory.CreateDirectory(FolderOf(run, run.Epoch)).FullName, File);
        TakeOver(run, adapter);
        order = order with { AdapterPath = adapter };
        var losses = new LossReport(run, time);
        if (!System.IO.File.Exists(adapter))
        {
            var trained = await RunAsync(run, order, losses, ct);
            if (trained is { } failure)
            {
                return failure;
            }
        }

        if (!System.IO.File.Exists(adapter + Told))
        {
            await System.IO.File.WriteAllTextAsync(adapter + Told, losses.Steps is var (done, planned) ? $"{done} {planned}" : "", ct);
        }

        if (await IsNamedAsync(NameOf(run.Job.Id), ct))
        {
            return Failure.Conflict("A version uses weights of this run's name, and they are not written over. Make the run once more.");
        }

        var counts = (await System.IO.File.ReadAllTextAsync(adapter + Told, ct)).Split(' ');
        return Keep(run, order) with
        {
            StepsDone = int.TryParse(counts[0], CultureInfo.InvariantCulture, out var steps) ? steps : null,
            StepsPlanned = int.TryParse(counts[^1], CultureInfo.InvariantCulture, out var of) ? of : null,
        };
    }

    /// <summary>What an earlier start had got to: its finished weights, or the newest checkpoint. Copied, for that start may still be alive.</summary>
    private void TakeOver(StepRun run, string adapter)
    {
        foreach (var (from, to) in new[] { (File, adapter), (File + ".checkpoint", adapter + ".checkpoint") })
        {
            if (!System.IO.File.Exists(to) && TryTake(run, from, to))
            {
                return;
            }
        }
    }

    private bool TryTake(StepRun run, string from, string to)
    {
        try
        {
            var newest = Enumerable
                .Range(1, run.Epoch - 1)
                .Select(epoch => new FileInfo(Path.Combine(FolderOf(run, epoch), from)))
                .Where(file => file.Exists && (from != File || System.IO.File.Exists(file.FullName + Told)))
                .MaxBy(file => file.LastWriteTimeUtc);
            if (newest is null)
            {
                return false;
            }

            System.IO.File.Copy(newest.FullName, to + AtomicFile.Unfinished, overwrite: true);
            if (from == File)
            {
                System.IO.File.Copy(newest.FullName + Told, to + Told, overwrite: true);
            }

            System.IO.File.Move(to + AtomicFile.Unfinished, to);
            return true;
        }
        catch (FileNotFoundException)
        {
            // Swept away just now, as those of runs that nobody has gone on with for long are: this one begins anew, to the same bits.
            return false;
        }
    }

    private async Task<Failure?> RunAsync(StepRun run, LoraRun order, LossReport losses, CancellationToken ct)
    {
        var isFurther = false;
        var training = supervisor.Start(new TrainingOrder(order), losses);
        try
        {
            while (!training.Ended.IsCompleted)
            {
                await Task.WhenAny(training.Ended, Task.Delay(FlushEvery, time, ct));
                ct.ThrowIfCancellationRequested();
                await losses.FlushAsync(ct);
                if (!isFurther && System.IO.File.GetLastWriteTimeUtc(order.CheckpointPath) > losses.FirstStepAt)
                {
                    isFurther = true;
                    await run.Journal.WriteAsync(run.Journal.ForgiveAsync, ct);
                }
            }
        }
        catch
        {
            // Its checkpoint is for whoever goes on.
            await training.StopAsync();
            throw;
        }

        var state = await training.Ended;
        await losses.FlushAsync(ct);
        return state switch
        {
            TrainingRunState.Done => null,
            TrainingRunState.Failed => Failure.Conflict(training.Problem ?? "Training failed. The log has more."),
            _ => Failure.Conflict("Training was stopped because this node goes down. The run can go on from its checkpoint."),
        };
    }

    /// <summary>A run is over once a version names its weights: what still writes then was overtaken, or is another run.</summary>
    private async Task<bool> IsNamedAsync(string weights, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.AdaptersOf(db.Minions).AnyAsync(adapter => adapter == weights, ct);
    }

    /// <summary>The finished weights get a name that the model host finds.</summary>
    private EnhancedModel.TrainedWeights Keep(StepRun run, LoraRun order)
    {
        var facts = AdapterFile.Read(order.AdapterPath);
        var kept = files.AdapterPath(NameOf(run.Job.Id));
        System.IO.File.Copy(order.AdapterPath, kept + AtomicFile.Unfinished, overwrite: true);
        System.IO.File.Move(kept + AtomicFile.Unfinished, kept, overwrite: true);
        return new EnhancedModel.TrainedWeights(
            run.Config.BaseModel!,
            GgufHash.Of(kept),
            facts.BaseSha256,
            new FileInfo(kept).Length,
            facts.Steps,
            facts.LossBefore,
            facts.LossAfter,
            order.Settings
        )
        {
            Vocabulary = VocabularyOf(order.ModelPath),
            UsualRate = (order.Settings with { LearningRate = null })
                .WithRate(TrainingConfigReader.ParametersIn(order.ModelPath))
                .LearningRate,
        };
    }

    private static int? VocabularyOf(string model) =>
        GgufReader.Read(model).Tensors.FirstOrDefault(tensor => tensor.Name == "token_embd.weight") is { Shape: [_, var tokens] }
            ? (int)tokens
            : null;

    public static string NameOf(Guid run) => run.ToString("N");

    internal static string FolderOfStart(string epoch) => $"lora-{epoch}";

    private string FolderOf(StepRun run, int epoch) =>
        Path.Combine(files.FolderOf(run.Job.Id), FolderOfStart(epoch.ToString(CultureInfo.InvariantCulture)));
}
