using Microsoft.EntityFrameworkCore;
using Republic.Core.Lora;
using Republic.Core.Training.Journal;

namespace Republic.Core.Training;

/// <summary>
/// Takes in what the training process tells, on the thread that hears it, and writes it down in batches. A run that goes on from a
/// checkpoint computes some steps a second time, to the same bits: those are told once.
/// </summary>
internal sealed class LossReport(StepRun run) : IProgress<TrainingProgress>
{
    private readonly Lock gate = new();
    private readonly List<(string Kind, object Data)> waiting = [];
    private int lastStep = -1;
    private int lastValidation = -1;

    public void Report(TrainingProgress value)
    {
        lock (gate)
        {
            switch (value)
            {
                case StepDone step when step.Step > lastStep:
                    lastStep = step.Step;
                    waiting.Add(("loss", new LossPoint("train", step.Step, step.Loss, step.Tokens, step.LearningRate)));
                    break;
                case ValidationDone measured when measured.Step > lastValidation:
                    lastValidation = measured.Step;
                    waiting.Add(("loss", new LossPoint("validation", measured.Step, measured.Loss, null, null)));
                    break;
                case TrainingNote note:
                    waiting.Add(("log", new StepRun.LogLine(run.Step, note.Text)));
                    break;
            }
        }

        if (value is StepDone done)
        {
            run.Gauges = new RunGauges(done.Step, done.Of, done.Epoch, done.Loss, done.TokensPerSecond, done.MemoryBytes);
            run.Remaining = done.Remaining;
            run.Progress((double)done.Step / done.Of);
        }
    }

    /// <summary>Which points an earlier start has written.</summary>
    public async Task RememberAsync(CancellationToken ct) =>
        await run.Journal.WriteAsync(
            async (db, token) =>
            {
                var points = await db
                    .TrainingEvents.Where(e => e.TrainingJobId == run.Job.Id && e.Kind == "loss")
                    .Select(e => e.Data)
                    .ToListAsync(token);
                foreach (var point in points.Select(LossPoint.Of))
                {
                    if (point.Kind == "train")
                    {
                        lastStep = Math.Max(lastStep, point.Step);
                    }
                    else
                    {
                        lastValidation = Math.Max(lastValidation, point.Step);
                    }
                }
            },
            ct
        );

    public async Task FlushAsync(CancellationToken ct)
    {
        List<(string Kind, object Data)> now;
        lock (gate)
        {
            now = [.. waiting];
            waiting.Clear();
        }

        if (now.Count > 0)
        {
            await run.Journal.TellAsync(now, ct);
        }
    }
}
