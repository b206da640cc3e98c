using System.Text.Json;
using Republic.Core.Providers;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Steps;

/// <summary>The steps of a run in their order, and the work that is ahead in them.</summary>
internal sealed class RunPlan(IEnumerable<ITrainingStep> steps, ProviderCatalog catalog)
{
    public IReadOnlyList<ITrainingStep> Steps { get; } = [.. steps.OrderBy(step => step.Name)];

    public RunForecast ForecastOf(TrainingJob job, IReadOnlyList<TrainingStep> done, TimeProvider time)
    {
        var forecast = new RunForecast(
            job.Config.BaseModel is { } model && catalog.Rows.Any(row => row.IsBuiltIn(model)),
            TimeSpan.FromSeconds(done.Sum(step => step.Seconds)),
            time
        );
        if (done.FirstOrDefault(step => step.Index == (int)StepName.EnhanceModel) is { Output: { } output, Seconds: > 0 and var seconds })
        {
            var weights = JsonSerializer.Deserialize<EnhancedModel>(output, TrainingJson.Options)?.Weights;
            if (weights?.StepsDone is > 0 and var steps)
            {
                forecast.Recall(WorkKind.Training, steps, seconds);
            }
        }

        return forecast;
    }

    /// <summary>A step begins, and what the steps before it handed on tells how much work is in those after it.</summary>
    public void Begin(RunForecast forecast, StepRun run, ITrainingStep step)
    {
        Dictionary<WorkKind, int>? after = [];
        foreach (var work in Steps.Where(next => next.Name > step.Name).Select(next => next.Work(run)))
        {
            if (work is null)
            {
                after = null;
                break;
            }

            foreach (var (kind, pieces) in work)
            {
                after[kind] = after.GetValueOrDefault(kind) + pieces;
            }
        }

        forecast.Begin(step.Work(run), after);
    }
}
