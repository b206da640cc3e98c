using Republic.Core.Data;
using Republic.Core.Datasets.Versions;
using Republic.Core.PersonalModels;
using Republic.Core.Trainer;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Steps;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training.Measuring;

/// <summary>
/// The loss of rows that nothing was learned from, for the minion as it was and for the draft: each with its own system prompt and
/// weights, as each would be asked.
/// </summary>
internal sealed class HeldOutLosses(TrainingSupervisor supervisor, TrainingFiles files, ModelFinder models, TimeProvider time)
{
    /// <summary>More rows would make the interval narrower, and the step longer.</summary>
    public const int MostRows = 40;

    /// <summary>Each row is measured before, after, and behind another's question; one of several turns once more behind its own.</summary>
    public const int Times = 3;

    /// <summary>Rows that are measured behind the token that begins a text. Weights that never saw it there fail on nearly all.</summary>
    public const int BegunRows = 10;

    public async Task<Outcome<IReadOnlyList<AfterMetrics.RowLoss>>> OfRowsAsync(StepRun run, Speaker draft, CancellationToken ct)
    {
        var refined = run.Read<RefinedData>(StepName.RefineDatasets);
        using var version = VersionReader.Open(Path.Combine(files.FolderOf(run.Job.Id), refined.Folder!));
        var rows = RowFiles.Measured(version, MostRows);
        var before = await MeasureAsync(run, "before", rows, run.Before.Speaker(), beginsAlways: false, ct);
        var after = before.Ok ? await MeasureAsync(run, "after", rows, draft, beginsAlways: false, ct) : before;
        if (!after.Ok)
        {
            return after.Failure;
        }

        var swaps = MismatchedPairs.Of(rows);
        var swapped = swaps.Count == 0 ? after : await MeasureAsync(run, "swapped", swaps, draft, beginsAlways: false, ct);
        var own =
            !swapped.Ok || MismatchedPairs.AreSingle(rows)
                ? after
                : await MeasureAsync(run, "own", MismatchedPairs.Own(rows), draft, beginsAlways: false, ct);
        var begun = own.Ok ? await MeasureAsync(run, "begun", [.. rows.Take(BegunRows)], draft, beginsAlways: true, ct) : own;
        var failed = new[] { swapped, own, begun }.FirstOrDefault(measured => !measured.Ok);
        return failed.Failure is { } failure ? failure : Outcome<IReadOnlyList<AfterMetrics.RowLoss>>.Of([.. Losses()]);

        IEnumerable<AfterMetrics.RowLoss> Losses()
        {
            for (var i = 0; i < rows.Count; i++)
            {
                if (before.Value![i] is { } was && after.Value![i] is { } now)
                {
                    yield return new AfterMetrics.RowLoss(PromptOf(rows[i]), was, now)
                    {
                        Group = rows[i].Group,
                        OwnQuestion = own.Value![i],
                        OtherQuestion = i < swaps.Count ? swapped.Value![i] : null,
                        BehindBeginToken = i < BegunRows ? begun.Value![i] : null,
                    };
                }
            }
        }
    }

    /// <inheritdoc cref="LexicalOverlap.IntervalOf"/>
    public ConfidenceInterval? LexicalOverlapOf(StepRun run)
    {
        using var version = VersionReader.Open(
            Path.Combine(files.FolderOf(run.Job.Id), run.Read<RefinedData>(StepName.RefineDatasets).Folder!)
        );
        return LexicalOverlap.IntervalOf([.. RowFiles.Rows(version).Take(LexicalOverlap.MostRows)], (int)run.Config.Lora.Seed);
    }

    private async Task<Outcome<IReadOnlyList<double?>>> MeasureAsync(
        StepRun run,
        string side,
        IReadOnlyList<SampleRow> rows,
        Speaker speaker,
        bool beginsAlways,
        CancellationToken ct
    )
    {
        var path = Path.Combine(files.FolderOf(run.Job.Id), $"held-out-{side}-{run.Epoch}.jsonl");
        AtomicFile.Write(path, stream => RowFiles.Write(stream, rows, speaker.SystemPrompt));
        var order = Order(run, path, AdapterOf(run, speaker)) with { BeginsAlways = beginsAlways };
        var measured = await MeasurementRetry.MakeAsync(run, token => supervisor.MeasureAsync(order, token), time, ct);
        run.Did(WorkKind.Losses, rows.Count);
        return measured;
    }

    private LossOrder Order(StepRun run, string rows, string? adapter) =>
        new(
            models.PathOf(run.Job.OwnerId, run.Config.BaseModel!),
            rows,
            adapter is null ? null : files.AdapterPath(adapter),
            run.Config.Lora.MaxLength
        );

    /// <summary>The weights that the run trains are held against those that were there before on the same base.</summary>
    internal static string? AdapterOf(StepRun run, Speaker speaker) =>
        run.Job.Method != TrainingMethod.Style ? speaker.Adapter
        : speaker.StyleModel == run.Config.BaseModel ? speaker.StyleAdapter
        : null;

    private static string PromptOf(SampleRow row) => row.Messages.Last(message => message.Role == "user").Content;
}
