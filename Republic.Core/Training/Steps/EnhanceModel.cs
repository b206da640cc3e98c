using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Core.PersonalModels;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Linking;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training.Steps;

/// <summary>Step 4: makes the draft version: the traits' prompt, the weights where the run trains any, the collections where it links any.</summary>
internal sealed class EnhanceModel(
    AdapterTrainer trainer,
    RetentionQuestions questions,
    RunCollections collections,
    TrainingFiles files,
    ModelFinder models,
    IOptions<TrainingOptions> options
) : ITrainingStep
{
    /// <summary>One run computes at a time on a node.</summary>
    public const string Weights = "weights";

    public StepName Name => StepName.EnhanceModel;

    public string? Takes(TrainingJob job) => job.Method.TrainsWeights() ? Weights : null;

    /// <summary>The training steps are not known before the rows are.</summary>
    public IReadOnlyDictionary<WorkKind, int>? Work(StepRun run)
    {
        var work = new Dictionary<WorkKind, int>();
        if (run.Job.Type != TrainingType.LoraOnly)
        {
            work[WorkKind.Indexing] = 1;
        }

        if (!run.Job.Method.TrainsWeights())
        {
            return work;
        }

        if (!run.Journal.IsDone(StepName.RefineDatasets) || SettingsOf(run) is not { Ok: true, Value: { } settings })
        {
            return null;
        }

        var rows = run.Read<RefinedData>(StepName.RefineDatasets).Training;
        // The process, the check against llama.cpp, and the one of the finished weights.
        work[WorkKind.Start] = 3;
        work[WorkKind.Training] = settings.StepsPerEpoch(rows) * settings.Epochs!.Value;
        return work;
    }

    public async Task<Outcome<object>> RunAsync(StepRun run, CancellationToken ct)
    {
        if (await collections.ProblemAsync(run, ct) is { } problem)
        {
            return problem;
        }

        var traits = run.Read<ConfiguredTraits>(StepName.ConfigureTraits);
        var instructions = traits.EnhancedSystemPrompt ?? run.Before.Enhanced ?? run.Before.Instructions;
        var draft = new EnhancedModel(run.Job.Method, instructions, instructions?.Length ?? 0, run.Before.Adapter)
        {
            StyleAdapter = run.Before.StyleAdapter,
            StyleModel = run.Before.StyleModel,
        };
        var trained = run.Job.Method.TrainsWeights() ? await TrainAsync(run, draft, ct) : draft;
        var linked = trained.Ok ? await collections.ReadyAsync(run, ct) : trained.Failure;
        return linked.Ok
            ? trained.Value! with
            {
                Collections = linked.Value,
                OfVersion = await collections.OfVersionAsync(run, linked.Value, ct),
            }
            : linked.Failure;
    }

    private async Task<Outcome<EnhancedModel>> TrainAsync(StepRun run, EnhancedModel draft, CancellationToken ct)
    {
        var order = await OrderAsync(run, run.Before.Speaker(draft.Instructions, adapter: null).SystemPrompt, ct);
        if (!order.Ok)
        {
            return order.Failure;
        }

        var trained = await trainer.TrainAsync(run, order.Value, ct);
        if (!trained.Ok)
        {
            return trained.Failure;
        }

        draft = draft with
        {
            Weights = trained.Value with { FromVersion = order.Value.InitialAdapterPath is null ? null : run.Before.Version },
        };
        var weights = AdapterTrainer.NameOf(run.Job.Id);
        return run.Job.Method == TrainingMethod.Style
            ? draft with
            {
                StyleAdapter = weights,
                StyleModel = run.Config.BaseModel,
            }
            : draft with
            {
                Adapter = weights,
            };
    }

    /// <summary>The weights that the minion had on this base when the run began.</summary>
    private string? FormerOf(StepRun run) =>
        HeldOutLosses.AdapterOf(run, run.Before.Speaker()) is { } former ? files.AdapterPath(former) : null;

    /// <summary>The weights that the run goes on from; null where it begins from the base.</summary>
    private string? InitialOf(StepRun run) => run.Config.Continues ? FormerOf(run) : null;

    private Outcome<LoraSettings> SettingsOf(StepRun run)
    {
        var rows = run.Read<RefinedData>(StepName.RefineDatasets);
        var initial = InitialOf(run);
        if (initial is not null && !File.Exists(initial))
        {
            return Failure.Conflict(
                $"The weights of version {run.Before.Version} are gone: adapters/{Path.GetFileName(initial)} is not in the data folder. Put it back from a backup, or make a run that begins from the base."
            );
        }

        try
        {
            var asked = initial is null ? run.Config.Lora : run.Config.Lora.ShapedLike(initial);
            var model = models.PathOf(run.Job.OwnerId, run.Config.BaseModel!);
            return asked.Resolve(TrainingConfigReader.ParametersIn(model), rows.Training, rows.Validation);
        }
        catch (Exception error) when (error is FileNotFoundException or GgufException or LoraException)
        {
            return Failure.Conflict(error.Message);
        }
    }

    private async Task<Outcome<LoraRun>> OrderAsync(StepRun run, string systemPrompt, CancellationToken ct)
    {
        var rows = run.Read<RefinedData>(StepName.RefineDatasets);
        var folder = files.FolderOf(run.Job.Id);
        var (learned, heldOut) = RowFiles.Paths(folder);
        await Task.Run(() => RowFiles.Write(Path.Combine(folder, rows.Folder!), systemPrompt, learned, heldOut), ct);
        var settings = SettingsOf(run);
        if (!settings.Ok)
        {
            return settings.Failure;
        }

        await run.ChooseAsync(run.Config with { Lora = settings.Value }, ct);
        var initial = InitialOf(run);
        if (run.Config.Continues)
        {
            await run.LogAsync(Beginning(run, initial is not null), ct);
        }

        var replay = Path.Combine(folder, "replay.jsonl");
        if (!File.Exists(replay))
        {
            // A run that goes on replays what it began with, though a newer Republic may ask something else.
            ReplayFile.Write(replay, questions.IsBuiltIn(run), run.Config.QuestionSet, systemPrompt);
        }

        var kept = Path.Combine(folder, "keep.jsonl");
        if (run.Config.KeepAnswers.Count > 0 && !File.Exists(kept))
        {
            ReplayFile.WriteKept(kept, run.Config.KeepAnswers, systemPrompt);
            await run.LogAsync(
                $"What the version before answers to {Counted.Of(run.Config.KeepAnswers.Count, "question")} is learned beside the rows, since an earlier run lost it. Another set of questions is measured with.",
                ct
            );
        }

        return new LoraRun(models.PathOf(run.Job.OwnerId, run.Config.BaseModel!), learned, "")
        {
            Settings = settings.Value,
            ReplayPath = replay,
            KeepPath = run.Config.KeepAnswers.Count > 0 ? kept : null,
            FormerAdapterPath = FormerOf(run),
            InitialAdapterPath = initial,
            HeldOutPath = rows.Validation > 0 ? heldOut : null,
            CheckpointEvery = options.Value.CheckpointEvery,
            KeepsCheckpoint = true,
        };
    }

    private static string Beginning(StepRun run, bool hasWeights) =>
        hasWeights
            ? FormattableString.Invariant(
                $"Goes on from version {run.Before.Version}: its weights are where the run begins, with their rank of {run.Config.Lora.Rank} and alpha of {run.Config.Lora.Alpha}."
            )
            : $"The version in use has no weights on {run.Config.BaseModel}, so the run begins from the base.";
}
