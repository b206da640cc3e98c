using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Jobs;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Journal;

/// <summary>Everything that a run writes down while it works. A start of it that was overtaken writes nothing any more.</summary>
internal sealed class RunJournal(JobFence fence, LiveEvents live, TimeProvider time, JobRun work, IReadOnlyList<TrainingStep> steps)
{
    private readonly Guid run = work.Job.Subject;

    public IReadOnlyList<TrainingStep> Steps => steps;

    /// <summary>JSON; null of a step that is not done.</summary>
    public string? Output(StepName step) => steps[(int)step].Output;

    public bool IsDone(StepName step) => steps[(int)step].Status is StepStatus.Completed or StepStatus.Skipped;

    public async Task BeginAsync(StepName name, CancellationToken ct)
    {
        var step = steps[(int)name];
        (step.Status, step.StartedAt) = (StepStatus.Active, step.StartedAt ?? time.GetUtcNow());
        step.Attempts++;
        await SaveAsync(step, ct);
    }

    public async Task CompleteAsync(StepName name, object output, double seconds, CancellationToken ct)
    {
        var step = steps[(int)name];
        step.Output = JsonSerializer.Serialize(output, output.GetType(), TrainingJson.Options);
        (step.Status, step.CompletedAt) = (StepStatus.Completed, time.GetUtcNow());
        step.Seconds += seconds;
        await SaveAsync(step, ct);
    }

    /// <summary>Written with whatever shows that the run got further: what killed earlier starts was not the run itself.</summary>
    public Task ForgiveAsync(RepublicDb db, CancellationToken ct) => JobFence.ForgiveAsync(db, work, ct);

    public async Task FailAsync(StepName name, double seconds, CancellationToken ct)
    {
        var step = steps[(int)name];
        step.Status = StepStatus.Failed;
        step.Seconds += seconds;
        await SaveAsync(step, ct);
    }

    /// <summary>An event of the run, for whoever watches it now or later.</summary>
    public Task TellAsync(string kind, object data, CancellationToken ct) => TellAsync([(kind, data)], null, ct);

    /// <param name="first">What else is written with it, before it.</param>
    public async Task TellAsync(
        IReadOnlyList<(string Kind, object Data)> told,
        Func<RepublicDb, CancellationToken, Task>? first,
        CancellationToken ct
    )
    {
        var events = told.Select(one => Event(one.Kind, one.Data)).ToList();
        await WriteAsync(
            async (db, token) =>
            {
                await (first?.Invoke(db, token) ?? Task.CompletedTask);
                db.TrainingEvents.AddRange(events);
                await db.SaveChangesAsync(token);
            },
            ct
        );
        Publish(events);
    }

    /// <summary>Any other write of the run, under the same guard.</summary>
    public Task WriteAsync(Func<RepublicDb, CancellationToken, Task> write, CancellationToken ct) => fence.WriteAsync(work, write, ct);

    internal TrainingEvent Event(string kind, object data) =>
        new()
        {
            TrainingJobId = run,
            Kind = kind,
            Data = JsonSerializer.Serialize(data, data.GetType(), TrainingJson.Options),
            At = time.GetUtcNow(),
        };

    private async Task SaveAsync(TrainingStep step, CancellationToken ct)
    {
        var told = Event(
            "step",
            new
            {
                step.Index,
                name = (StepName)step.Index,
                step.Status,
                step.Attempts,
            }
        );
        await WriteAsync(
            async (db, token) =>
            {
                await (step.Status == StepStatus.Completed ? ForgiveAsync(db, token) : Task.CompletedTask);
                db.TrainingSteps.Update(step);
                db.TrainingEvents.Add(told);
                await db.SaveChangesAsync(token);
            },
            ct
        );
        Publish([told]);
    }

    /// <summary>The events travel with the notice of them, so that a page that is open need not ask for what they say.</summary>
    private void Publish(IEnumerable<TrainingEvent> saved) =>
        live.Publish(work.Job.OwnerId, LiveEvent.Of(TrainingWork.Changed, run, saved.Select(e => e.ToEntry())));
}
