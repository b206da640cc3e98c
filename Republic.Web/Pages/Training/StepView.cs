using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training;

/// <summary>One step of a run as the checklist shows it.</summary>
/// <param name="State">pending, active, done, failed or skipped.</param>
/// <param name="Inputs">What it begins with.</param>
public sealed record StepView(
    TrainingCard.Step Step,
    string Title,
    string State,
    string Sentence,
    IReadOnlyList<RunSetting> Inputs,
    IReadOnlyList<OutputPart> Outputs,
    IReadOnlyList<LogLine> Lines
)
{
    public static StepView Of(TrainingCard run, TrainingCard.Step step, IReadOnlyList<LogLine> lines) =>
        new(
            step,
            StepWords.Title(step.Name, run.Method),
            step.Status switch
            {
                StepStatus.Completed => "done",
                StepStatus.Active => "active",
                StepStatus.Failed => "failed",
                StepStatus.Skipped => "skipped",
                _ => "pending",
            },
            StepWords.Sentence(run, step),
            [.. InputsOf(run, step.Name)],
            OutputPart.Of(step.Output),
            [.. lines.Where(line => line.Step == step.Name)]
        );

    private static IEnumerable<RunSetting> InputsOf(TrainingCard run, StepName step)
    {
        var config = run.Config;
        switch (step)
        {
            case StepName.CaptureBeforeMetrics or StepName.CaptureAfterMetrics:
                yield return new("Who is asked", step == StepName.CaptureBeforeMetrics ? $"{run.MinionName} as it was" : "the draft");
                yield return new("Questions", $"4 × {config.Repeats}");
                yield return new("Seeds", $"from {config.Lora.Seed} on, the same before and after");
                break;
            case StepName.RefineDatasets:
                yield return new("Datasets", Figures.Count(run.DatasetIds.Count));
                if (new StepOutput(run.Steps[(int)step].Output).Is("is_version"))
                {
                    yield return new("Rows", "as the dataset's version has them");
                    break;
                }

                yield return new("Characters of a row", $"{config.Data.MinTextLength} to {Figures.Count(config.Data.MaxTextLength)}");
                yield return new("Near-duplicates from", Figures.Number(config.Data.NearDuplicateThreshold));
                break;
            case StepName.ConfigureTraits:
                yield return new("Traits", StepWords.Traits(config.Traits));
                break;
            case StepName.EnhanceModel when run.Method.TrainsWeights():
                foreach (var setting in RunSetting.Of(run).Where(s => s.Label is "Base model" or "Rank" or "Learning rate" or "Epochs"))
                {
                    yield return setting;
                }

                break;
            case StepName.ValidateTraits or StepName.TestPerformance:
                yield return new("Who is asked", "the draft");
                yield return new("Traits looked for", StepWords.Traits(config.Traits));
                break;
            case StepName.CalculateImprovements:
                yield return new("From", "the answers before and after, and the rows held out");
                break;
            case StepName.Finalize:
                yield return new("Promote", RunSetting.Of(run).First(s => s.Label == "Promote").Value);
                break;
        }
    }
}
