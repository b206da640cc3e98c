using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Jobs;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training;

/// <summary>A run as one of its steps sees it: what earlier steps made, and how to tell of itself.</summary>
internal sealed class StepRun(
    TrainingJob job,
    StepName step,
    JobRun work,
    RunJournal journal,
    RunForecast forecast,
    Action<StepRun> progressed
)
{
    public TrainingJob Job => job;

    public StepName Step => step;

    public TrainingConfig Config => job.Config;

    /// <summary>The minion as it was when the run began.</summary>
    public MinionSnapshot Before => job.Before ?? throw new InvalidOperationException("A run keeps its minion before the first step.");

    /// <summary>Another number for every start: files with it in their names are this start's alone.</summary>
    public int Epoch => work.Job.Epoch;

    public RunJournal Journal => journal;

    /// <summary>Progress of the run, and the time left.</summary>
    public RunForecast Forecast => forecast;

    public RunGauges? Gauges { get; set; }

    /// <summary>What an earlier step handed on.</summary>
    public T Read<T>(StepName from) =>
        journal.Output(from) is { } json
            ? JsonSerializer.Deserialize<T>(json, TrainingJson.Options)!
            : throw new InvalidOperationException($"{from} has handed on nothing to {step}.");

    /// <summary>Tells of the run as it stands.</summary>
    public void Tell() => progressed(this);

    /// <summary>More of a kind of work is done.</summary>
    /// <param name="isNew">False: an earlier start did it.</param>
    public void Did(WorkKind kind, int more = 1, bool isNew = true)
    {
        forecast.Did(kind, more, isNew);
        Tell();
    }

    /// <summary>So much of a kind of work is done, of so much in this step.</summary>
    public void DidOf(WorkKind kind, int done, int of)
    {
        forecast.DidOf(kind, done, of);
        Tell();
    }

    /// <summary>So much of a kind of work in this step is not done after all.</summary>
    public void Drop(WorkKind kind, int pieces)
    {
        forecast.Drop(kind, pieces);
        Tell();
    }

    /// <summary>Writes back what was left to the run to choose.</summary>
    public async Task ChooseAsync(TrainingConfig chosen, CancellationToken ct)
    {
        job.Config = chosen;
        await journal.WriteAsync(
            (db, token) =>
                db.TrainingJobs.Where(j => j.Id == job.Id).ExecuteUpdateAsync(set => set.SetProperty(j => j.Config, chosen), token),
            ct
        );
    }

    /// <summary>A line of the run's log, for people.</summary>
    public Task LogAsync(string text, CancellationToken ct) => journal.TellAsync("log", new LogLine(step, text), ct);

    internal sealed record LogLine(StepName Step, string Text);
}
