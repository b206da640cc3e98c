using System.Globalization;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training;

/// <summary>One of a run's settings in words. What the run has still to choose is "chosen by the run".</summary>
public sealed record RunSetting(string Label, string Value)
{
    private const string Chosen = "chosen by the run";
    private const string Own = "the minion's own";

    /// <summary>All of them, in the same order for every run, so that runs can be laid side by side.</summary>
    public static IReadOnlyList<RunSetting> Of(TrainingCard run)
    {
        var config = run.Config;
        List<RunSetting> settings =
        [
            new("Type", run.TrainingType.Name()),
            new("Method", Words(MethodWords.Of(run.TrainingType, run.Method))),
            new("Minion", run.MinionName),
            new("Model", run.Model),
            new("Collections", Collections(run)),
            new("Traits", StepWords.Traits(config.Traits)),
            new("Style sensitivity", Text(config.Traits.StyleSensitivity)),
            new("Trait strength", Text(config.Traits.EnhancementIntensity)),
            new("Judge", Judge(run)),
            new("Each question asked", $"{Text(config.Repeats)} ×"),
            new("Temperature", Text(config.Model.Temperature) ?? Own),
            new("Top-p", Text(config.Model.TopP) ?? Own),
            new("Most tokens of an answer", Text(config.Model.MaxTokens) ?? Own),
            new(
                "Promote",
                config.Promote switch
                {
                    Promotion.Always => "always",
                    Promotion.Never => "never",
                    _ => "if it is better",
                }
            ),
        ];
        return run.Method.TrainsWeights() ? [.. settings, .. Weights(config)] : settings;
    }

    /// <summary>Which rows the run read; before it has read them only how many datasets are chosen is known.</summary>
    internal static RunSetting Data(TrainingCard run)
    {
        var sources = new StepOutput(run.Steps[(int)StepName.RefineDatasets].Output).Items("datasets");
        return new RunSetting(
            "Data",
            sources.Count > 0 ? string.Join(", ", sources.Select(source => $"{source.Text("name")} v{source.Whole("version")}"))
                : run.DatasetIds.Count == 0 ? "none"
                : Figures.Count(run.DatasetIds.Count, "dataset")
        );
    }

    internal static string Collections(TrainingCard run) =>
        run.CollectionIds.Count > 0
            ? string.Join(", ", run.CollectionIds.Select(id => run.CollectionNames.GetValueOrDefault(id, "one that was deleted")))
        : run.TrainingType == TrainingType.LoraOnly ? "none"
        : "one that is built of the rows";

    /// <summary>The judge: the model that graded, once that is known; before, the one that was chosen.</summary>
    private static string Judge(TrainingCard run)
    {
        var model = run.Config.JudgeModel ?? "another model";
        return run.Report is { GradedBy: "judge" }
                ? new StepOutput(run.Steps[(int)StepName.CaptureAfterMetrics].Output).Part("graded").Text("name") ?? model
            : run.Report is not null || run.Config.ChosenJudge is null ? "nobody"
            : model;
    }

    private static string Words(MethodWords method) => $"{method.Label}: {char.ToLowerInvariant(method.Meaning[0])}{method.Meaning[1..]}";

    private static IEnumerable<RunSetting> Weights(TrainingConfig config)
    {
        var lora = config.Lora;
        yield return new("Base model", config.BaseModel ?? Chosen);
        yield return new("Begins with", config.Continues ? "the weights in use, where there are any" : "the base");
        yield return new("Rank", Text(lora.Rank) ?? Chosen);
        yield return new("Alpha", Text(lora.Alpha) ?? Chosen);
        yield return new("Dropout", Text(lora.Dropout));
        yield return new("Target modules", string.Join(", ", lora.TargetModules));
        yield return new("Learning rate", Text(lora.LearningRate) ?? Chosen);
        yield return new("Epochs", Text(lora.Epochs) ?? Chosen);
        yield return new("Replay", Text(lora.Replay) is { } replay ? $"{replay} answers beside each row" : Chosen);
        yield return new(
            "Lost before, and learned again",
            config.KeepAnswers.Count == 0 ? "none" : Figures.Count(config.KeepAnswers.Count, "answer")
        );
        yield return new("Batch", Text(lora.BatchSize));
        yield return new("Accumulation", Text(lora.GradientAccumulation));
        yield return new("Longest row", $"{Text(lora.MaxLength)} tokens");
        yield return new("Warm-up", $"{Text(100 * lora.WarmUpShare)} % of the steps");
        yield return new("Weight decay", Text(lora.WeightDecay));
        yield return new("Longest gradient", Text(lora.ClipNorm));
        yield return new(
            "Stops early after",
            lora.EarlyStoppingPatience == 0 ? "never" : $"{Text(lora.EarlyStoppingPatience)} measurements without progress"
        );
        yield return new("Seed", Text(lora.Seed));
        yield return new("Held out", config.Data.ValidationShare is { } share ? $"{Text(100 * share)} % of the groups" : Chosen);
        yield return new("Near-duplicates from", Text(config.Data.NearDuplicateThreshold));
    }

    // Learning rates are small: as many digits as they need, and 0.1f is 0.1.
    private static string Text(double number) => number.ToString("0.########", CultureInfo.InvariantCulture);

    private static string Text(float number) => Text(Math.Round(number, 7));

    private static string? Text(double? number) => number is { } given ? Text(given) : null;
}
