using Republic.Core.Datasets;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Versions;
using Republic.Core.Lora;
using Republic.Core.Training.Configuration;

namespace Republic.Core.Training.Steps;

/// <summary>Step 2: the newest versions of the run's datasets become one, without repeats, split into rows to learn from and rows to measure with.</summary>
internal sealed class RefineDatasets(DatasetCards cards, DatasetRows rows, TrainingFiles files, TimeProvider time) : ITrainingStep
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    public StepName Name => StepName.RefineDatasets;

    public async Task<Outcome<object>> RunAsync(StepRun run, CancellationToken ct)
    {
        if (run.Job.DatasetIds.Count == 0)
        {
            return new RefinedData([], null, new RowCounts(), 0, 0);
        }

        var folder = files.FolderOf(run.Job.Id);
        var source = Path.Combine(folder, $"rows-{run.Epoch}.jsonl");
        var shares = new HashSet<double?>();
        var joined = await JoinAsync(run, source, shares, ct);
        if (!joined.Ok)
        {
            return joined.Failure;
        }

        if (joined.Value.Sum(part => part.Rows) == 0)
        {
            File.Delete(source);
            return Failure.Conflict(UsableRows.None([.. joined.Value.Select(part => part.Name)]));
        }

        var name = $"data-{run.Epoch}";
        var settings = run.Config.Data.ToSettings();
        if (shares.Count == 1)
        {
            // The datasets' pages say how many of their rows are held out, and so it shall be.
            settings = settings with
            {
                ValidationShare = settings.ValidationShare ?? shares.Single(),
            };
        }

        var input = new RefineryInput(source, Path.Combine(folder, name), settings);
        var progress = new Progress(run);
        var refined = await Task.Run(() => DatasetRefinery.Run(input, progress, ct), ct);
        File.Delete(source);
        if (!refined.Ok)
        {
            return refined.Failure;
        }

        using var version = VersionReader.Open(input.Folder!);
        var statistics = version.Result.Statistics;
        var data = new RefinedData(joined.Value, name, refined.Value.Counts, statistics.Training, statistics.Validation)
        {
            Groups = statistics.Groups ?? 0,
            HeldOutGroups = statistics.HeldOutGroups ?? 0,
            DifferentAnswers = statistics.DifferentAnswers ?? 0,
        };
        if (run.Job.Method.TrainsWeights() && data.Rows < LoraSettings.FewestRows)
        {
            return Failure.Invalid("dataset_ids", TooFew(data.Rows));
        }

        await run.LogAsync(Words(data), ct);
        return data;
    }

    private static string Words(RefinedData data) =>
        FormattableString.Invariant(
            $"{data.Training:n0} rows to learn from and {data.Validation:n0} held out, in {data.HeldOutGroups:n0} of {data.Groups:n0} groups of nearly equal questions or answers."
        ) + (data.Advice is { } advice ? $" {advice}" : "");

    private static string TooFew(int rows) =>
        $"The datasets have {rows} usable rows together, and training weights needs at least {LoraSettings.FewestRows}: with fewer, "
        + "nothing is left to measure with. Add rows, 50 or so for a style, and the run can go on.";

    /// <param name="shares">Those that the datasets hold out.</param>
    private async Task<Outcome<IReadOnlyList<RefinedData.Source>>> JoinAsync(
        StepRun run,
        string path,
        HashSet<double?> shares,
        CancellationToken ct
    )
    {
        var sources = new List<RefinedData.Source>();
        await using var whole = File.Create(path);
        foreach (var id in run.Job.DatasetIds)
        {
            var ready = await ReadyAsync(run, id, ct);
            if (!ready.Ok)
            {
                return ready.Failure;
            }

            var card = ready.Value;
            var samples = await rows.SamplesAsync(run.Job.OwnerId, id, card.Version, ct);
            if (!samples.Ok)
            {
                return samples.Failure;
            }

            sources.Add(new(id, card.Name, card.Version, card.Sha256, card.SampleCount, sources.Sum(source => source.Rows)));
            using var version = VersionReader.Open(Path.GetDirectoryName(samples.Value)!);
            shares.Add(version.Result.Settings.ValidationShare);
            await using var part = File.OpenRead(samples.Value);
            await part.CopyToAsync(whole, ct);
        }

        return sources;
    }

    /// <summary>A dataset that is still processed is waited for.</summary>
    private async Task<Outcome<DatasetCard>> ReadyAsync(StepRun run, Guid id, CancellationToken ct)
    {
        for (var waited = false; ; waited = true)
        {
            var card = await cards.FindAsync(run.Job.OwnerId, id, ct);
            switch (card)
            {
                case { Ok: false }:
                    return Failure.Conflict(
                        "A dataset of this run was deleted, and nothing was read of it yet. Make a new run with another dataset."
                    );
                case { Value.Status: DatasetStatus.Ready }:
                    return card;
                case { Value: { Status: DatasetStatus.Failed } failed }:
                    return Failure.Conflict($"The dataset “{failed.Name}” could not be processed: {failed.Error}");
            }

            if (!waited)
            {
                await run.LogAsync($"Waiting for the dataset “{card.Value!.Name}”, which is still processed.", ct);
            }

            await Task.Delay(LookAgain, time, ct);
        }
    }

    private sealed class Progress(StepRun run) : IProgress<RefineryProgress>
    {
        public void Report(RefineryProgress value) => run.Tell();
    }
}
