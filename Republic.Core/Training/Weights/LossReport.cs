using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Progress;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Weights;

/// <summary>
/// Takes in what the training process tells, on the thread that hears it, and writes it down in batches. A run that goes on from a
/// checkpoint, or back because its loss ran away, does some steps again: their points take the place of those before.
/// </summary>
internal sealed class LossReport(StepRun run, TimeProvider time) : IProgress<TrainingProgress>
{
    /// <summary>The steps that are done, by earlier starts too, and all that are planned; null before the training has begun.</summary>
    public (int Done, int Planned)? Steps { get; private set; }

    private readonly Lock gate = new();
    private readonly List<(string Kind, object Data)> waiting = [];
    private int last;
    private int? voidFrom;

    /// <summary>A checkpoint that is younger holds more than this start was given.</summary>
    public DateTime FirstStepAt { get; private set; } = DateTime.MaxValue;

    public void Report(TrainingProgress value)
    {
        lock (gate)
        {
            switch (value)
            {
                case TrainingStarted begun:
                    // Its checkpoint knows of all of them, and what is written may lack the last or have one too many.
                    Void(0);
                    waiting.AddRange(begun.Losses.Select(told => ("loss", (object)LossPoint.Of(told))));
                    last = begun.Step;
                    break;
                case StepCompleted step:
                    FirstStepAt = FirstStepAt < DateTime.MaxValue ? FirstStepAt : time.GetUtcNow().UtcDateTime;
                    if (step.Step <= last)
                    {
                        Void(step.Step);
                    }

                    last = step.Step;
                    waiting.Add(("loss", new LossPoint("train", step.Step, step.Loss, step.Tokens, step.LearningRate)));
                    break;
                case ValidationDone measured:
                    waiting.Add(("loss", new LossPoint("validation", measured.Step, measured.Loss, null, null)));
                    break;
                case TrainingNote note:
                    waiting.Add(("log", new StepRun.LogLine(run.Step, note.Text)));
                    break;
            }
        }

        switch (value)
        {
            case ReplayProgress drawn:
                run.DidOf(WorkKind.Replay, drawn.Done, drawn.Of);
                break;
            case TrainingStarted begun:
                Steps = (begun.Step, begun.Of);
                run.DidOf(WorkKind.Training, begun.Step, begun.Of);
                break;
            // The first measurement is no step, and what it took is not a step's pace.
            case ValidationDone { Step: 0 }:
                run.Did(WorkKind.Start);
                break;
            case StepCompleted done:
                Steps = (done.Step, done.Of);
                run.Gauges = new RunGauges(done.Step, done.Of, done.Epoch, done.Loss, done.TokensPerSecond, done.MemoryBytes);
                run.DidOf(WorkKind.Training, done.Step, done.Of);
                break;
        }
    }

    public async Task FlushAsync(CancellationToken ct)
    {
        List<(string Kind, object Data)> now;
        int? old;
        lock (gate)
        {
            (now, old) = ([.. waiting], voidFrom);
            waiting.Clear();
            voidFrom = null;
        }

        if (old is not null || now.Count > 0)
        {
            await run.Journal.TellAsync(now, (db, token) => ForgetAsync(db, old, token), ct);
        }
    }

    private async Task ForgetAsync(RepublicDb db, int? from, CancellationToken ct)
    {
        if (from is { } step)
        {
            await db.Database.ExecuteSqlAsync(
                $"delete from training_events where training_job_id = {run.Job.Id} and kind = 'loss' and (data->>'step')::int >= {step}",
                ct
            );
        }
    }

    /// <summary>Points of this step and later ones do not count: those that wait, and those that are written.</summary>
    private void Void(int step)
    {
        voidFrom = Math.Min(voidFrom ?? step, step);
        waiting.RemoveAll(one => one.Data is LossPoint point && point.Step >= step);
    }
}
