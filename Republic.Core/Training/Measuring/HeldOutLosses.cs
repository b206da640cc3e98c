using Republic.Core.Data;
using Republic.Core.Datasets.Versions;
using Republic.Core.Lora.Checks;
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
internal sealed class HeldOutLosses(
    TrainingSupervisor supervisor,
    TrainingFiles files,
    ModelFinder models,
    AnswerMeaning meaning,
    TimeProvider time
)
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
        var swaps = MismatchedPairs.Of(rows);
        var isSingle = MismatchedPairs.AreSingle(rows);
        List<Side> sides =
        [
            new("before", rows, run.Before.Speaker()),
            new("after", rows, draft),
            new("begun", [.. rows.Take(BegunRows)], draft) { BeginsAlways = true },
            .. swaps.Count == 0 ? Array.Empty<Side>() : [new("swapped", swaps, draft)],
            .. isSingle ? Array.Empty<Side>() : [new("own", MismatchedPairs.Own(rows), draft)],
        ];
        var measured = await MeasureAsync(run, sides, ct);
        if (!measured.Ok)
        {
            return measured.Failure;
        }

        var losses = measured.Value;
        var (before, after, begun) = (Of("before"), Of("after"), Of("begun"));
        var own = isSingle ? after : Of("own");
        return Outcome<IReadOnlyList<AfterMetrics.RowLoss>>.Of([.. Losses()]);

        IReadOnlyList<double?> Of(string side) => losses[sides.FindIndex(one => one.Name == side)];

        IEnumerable<AfterMetrics.RowLoss> Losses()
        {
            for (var i = 0; i < rows.Count; i++)
            {
                if (before[i] is { } was && after[i] is { } now)
                {
                    yield return new AfterMetrics.RowLoss(PromptOf(rows[i]), was, now)
                    {
                        Group = rows[i].Group,
                        OwnQuestion = own[i],
                        OtherQuestion = i < swaps.Count ? Of("swapped")[i] : null,
                        BehindBeginToken = i < BegunRows ? begun[i] : null,
                    };
                }
            }
        }
    }

    /// <summary>Whether the rows' answers are about what they are asked: by words, and by meaning where a manner hangs on it and words do not tell.</summary>
    public async Task<(ConfidenceInterval? ByWords, ConfidenceInterval? ByMeaning)> OverlapAsync(
        StepRun run,
        Manner? manner,
        CancellationToken ct
    )
    {
        using var version = VersionReader.Open(
            Path.Combine(files.FolderOf(run.Job.Id), run.Read<RefinedData>(StepName.RefineDatasets).Folder!)
        );
        List<SampleRow> rows = [.. RowFiles.Rows(version).Take(QuestionOverlap.MostRows)];
        var byWords = LexicalOverlap.IntervalOf(rows, (int)run.Config.Lora.Seed);
        return (byWords, AsksMeaning(manner, byWords) ? await meaning.OverlapAsync(run, rows, ct) : null);
    }

    internal static bool AsksMeaning(Manner? manner, ConfidenceInterval? byWords) => manner is not null && byWords is { Low: <= 0 };

    private async Task<Outcome<IReadOnlyList<IReadOnlyList<double?>>>> MeasureAsync(
        StepRun run,
        IReadOnlyList<Side> sides,
        CancellationToken ct
    )
    {
        var order = new LossOrder(
            models.PathOf(run.Job.OwnerId, run.Config.BaseModel!),
            [.. sides.Select(side => Write(run, side))],
            run.Config.Lora.MaxLength
        );
        var all = sides.Sum(side => side.Rows.Count);
        return await MeasurementRetry.MakeAsync(
            run,
            token => supervisor.MeasureAsync(order, done => run.DidOf(WorkKind.Losses, done, all), token),
            time,
            ct
        );
    }

    private LossFile Write(StepRun run, Side side)
    {
        var path = Path.Combine(files.FolderOf(run.Job.Id), $"held-out-{side.Name}-{run.Epoch}.jsonl");
        AtomicFile.Write(path, stream => RowFiles.Write(stream, side.Rows, side.Speaker.SystemPrompt));
        var adapter = AdapterOf(run, side.Speaker);
        return new LossFile(path, adapter is null ? null : files.AdapterPath(adapter)) { BeginsAlways = side.BeginsAlways };
    }

    /// <summary>The weights that the run trains are held against those that were there before on the same base.</summary>
    internal static string? AdapterOf(StepRun run, Speaker speaker) =>
        run.Job.Method != TrainingMethod.Style ? speaker.Adapter
        : speaker.StyleModel == run.Config.BaseModel ? speaker.StyleAdapter
        : null;

    private static string PromptOf(SampleRow row) => row.Messages.Last(message => message.Role == "user").Content;

    private sealed record Side(string Name, IReadOnlyList<SampleRow> Rows, Speaker Speaker)
    {
        public bool BeginsAlways { get; init; }
    }
}
