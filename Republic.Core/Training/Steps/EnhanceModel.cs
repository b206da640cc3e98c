using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Lora;
using Republic.Core.ModelHost.Files;

namespace Republic.Core.Training.Steps;

/// <summary>Step 3: makes the draft version. On a model that runs here weights are trained; elsewhere the traits' prompt is all there is.</summary>
internal sealed class EnhanceModel(AdapterTrainer trainer, TrainingFiles files, DataFolder data, IOptions<TrainingOptions> options)
    : ITrainingStep
{
    /// <summary>One run computes at a time on a node.</summary>
    public const string Weights = "weights";

    public StepName Name => StepName.EnhanceModel;

    public string? Takes(TrainingJob job) => job.Method == TrainingMethod.Lora ? Weights : null;

    public async Task<Outcome<object>> RunAsync(StepRun run, CancellationToken ct)
    {
        var traits = run.Read<ConfiguredTraits>(StepName.ConfigureTraits);
        var instructions = traits.EnhancedSystemPrompt ?? run.Before.Enhanced ?? run.Before.Instructions;
        var draft = new EnhancedModel(run.Job.Method, instructions, instructions?.Length ?? 0, run.Before.Adapter);
        if (run.Job.Method == TrainingMethod.Persona)
        {
            return draft;
        }

        var order = await OrderAsync(run, run.Before.Speaker(instructions, adapter: null).SystemPrompt, ct);
        if (!order.Ok)
        {
            return order.Failure;
        }

        var trained = await trainer.TrainAsync(run, order.Value, ct);
        return trained.Ok ? draft with { Adapter = AdapterTrainer.NameOf(run.Job), Weights = trained.Value } : trained.Failure;
    }

    private async Task<Outcome<LoraRun>> OrderAsync(StepRun run, string systemPrompt, CancellationToken ct)
    {
        var rows = run.Read<RefinedData>(StepName.RefineDatasets);
        var folder = files.FolderOf(run.Job.Id);
        var (learned, heldOut) = RowFiles.Paths(folder);
        await Task.Run(() => RowFiles.Write(Path.Combine(folder, rows.Folder!), systemPrompt, learned, heldOut), ct);
        string model;
        try
        {
            model = ModelLookup.ModelPath(run.Config.BaseModel!, data);
        }
        catch (FileNotFoundException error)
        {
            return Failure.Conflict(error.Message);
        }

        var settings = run.Config.Lora.Resolve(
            TrainingConfigReader.ParametersOf(model),
            rows.Training,
            rows.Validation > 0 ? rows.Validation : null
        );
        if (!settings.Ok)
        {
            return settings.Failure;
        }

        await run.ChooseAsync(run.Config with { Lora = settings.Value }, ct);
        return new LoraRun(model, learned, "")
        {
            Settings = settings.Value,
            HeldOutPath = rows.Validation > 0 ? heldOut : null,
            CheckpointEvery = options.Value.CheckpointEvery,
            KeepsCheckpoint = true,
        };
    }
}
