using Republic.Core.Datasets;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Versions;
using Republic.Core.Lora;
using Republic.Core.Training.Configuration;

namespace Republic.Core.Training.Steps;

/// <summary>
/// Step 2: the newest versions of the run's datasets become one, without repeats, split into rows to learn from and rows to measure with.
/// A single dataset's version is that already, and is copied as it is unless the run asks for something else.
/// </summary>
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

        List<OpenVersion> versions = [];
        try
        {
            var sources = await OpenAsync(run, versions, ct);
            return sources.Ok ? await RefineAsync(run, sources.Value, versions, ct) : sources.Failure;
        }
        finally
        {
            versions.ForEach(version => version.Dispose());
        }
    }

    private async Task<Outcome<object>> RefineAsync(
        StepRun run,
        IReadOnlyList<RefinedData.Source> sources,
        List<OpenVersion> versions,
        CancellationToken ct
    )
    {
        if (sources.Sum(source => source.Rows) == 0)
        {
            return Failure.Conflict(UsableRows.None([.. sources.Select(source => source.Name)]));
        }

        var name = $"data-{run.Epoch}";
        var folder = Path.Combine(files.FolderOf(run.Job.Id), name);
        var isVersion = versions is [var only] && run.Config.Data.IsMetBy(only.Reader.Result.Settings);
        var refined = await Task.Run(
            () => isVersion ? VersionWriter.Copy(versions[0].Reader, folder, ct) : Join(run, versions, folder, ct),
            ct
        );
        if (!refined.Ok)
        {
            return refined.Failure;
        }

        var statistics = refined.Value.Statistics;
        var data = new RefinedData(sources, name, refined.Value.Counts, statistics.Training, statistics.Validation)
        {
            IsVersion = isVersion,
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

    private static Outcome<RefineryResult> Join(StepRun run, List<OpenVersion> versions, string folder, CancellationToken ct)
    {
        var source = folder + ".jsonl";
        try
        {
            using (var whole = File.Create(source))
            {
                foreach (var version in versions)
                {
                    ct.ThrowIfCancellationRequested();
                    using var part = File.OpenRead(Path.Combine(version.Reader.Folder, VersionReader.SamplesFile));
                    part.CopyTo(whole);
                }
            }

            var settings = run.Config.Data.ToSettings();
            if (versions.Select(version => version.Reader.Result.Settings.ValidationShare).Distinct().ToList() is [var share])
            {
                // The datasets' pages say how many of their rows are held out, and so it shall be.
                settings = settings with
                {
                    ValidationShare = settings.ValidationShare ?? share,
                };
            }

            return DatasetRefinery.Run(new RefineryInput(source, folder, settings), new Progress(run), ct);
        }
        finally
        {
            File.Delete(source);
        }
    }

    /// <summary>The newest version of each dataset, once all have one.</summary>
    /// <param name="versions">Receives them, to be disposed of by the caller.</param>
    private async Task<Outcome<IReadOnlyList<RefinedData.Source>>> OpenAsync(StepRun run, List<OpenVersion> versions, CancellationToken ct)
    {
        List<DatasetCard> found = [];
        foreach (var id in run.Job.DatasetIds)
        {
            var ready = await ReadyAsync(run, id, ct);
            if (!ready.Ok)
            {
                return ready.Failure;
            }

            found.Add(ready.Value);
        }

        var sources = new List<RefinedData.Source>();
        foreach (var card in found)
        {
            var opened = await rows.OpenAsync(run.Job.OwnerId, card.Id, card.Version, ct);
            if (!opened.Ok)
            {
                return opened.Failure;
            }

            versions.Add(opened.Value);
            sources.Add(new(card.Id, card.Name, card.Version, card.Sha256, card.SampleCount, sources.Sum(source => source.Rows)));
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
