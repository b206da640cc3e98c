using System.Globalization;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Progress;

namespace Republic.Web.Cli;

/// <summary>A run as it shows in a terminal: one line that is written over, with a bar. Elsewhere each step is a line of its own.</summary>
/// <param name="width">Of the terminal, in letters; 0 where there is none.</param>
internal sealed class TrainDisplay(TextWriter output, int width) : IProgress<TrainingProgress>
{
    private const int BarLength = 20;
    private bool overwriting;

    public void Report(TrainingProgress value)
    {
        switch (value)
        {
            case StepCompleted step:
                Step(step);
                break;
            case ValidationDone { Step: 0 } before:
                Line(FormattableString.Invariant($"Held-out loss of the base model {before.Loss:F4}"));
                break;
            case ValidationDone point:
                Line(
                    FormattableString.Invariant(
                        $"Held-out loss after step {point.Step} {point.Loss:F4}{(point.Best ? ", the best so far together with what is kept" : "")}"
                    )
                );
                break;
            case TrainingNote note:
                Line(note.Text);
                break;
            default:
                break;
        }
    }

    /// <summary>Writes a line that stays.</summary>
    public void Line(string text)
    {
        if (overwriting)
        {
            output.Write('\r' + new string(' ', width - 1) + '\r');
            overwriting = false;
        }

        output.WriteLine(text);
    }

    private void Step(StepCompleted step)
    {
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"step {step.Step}/{step.Of}  epoch {step.Epoch}  loss {step.Loss:F4}  {step.Remaining:h\\:mm\\:ss} left  "
                + $"{step.TokensPerSecond:N0} tokens/s  lr {step.LearningRate:0.0e-0}  gradient {step.GradientNorm:F2}  {step.MemoryBytes >> 20} MB"
        );
        if (width == 0)
        {
            output.WriteLine(figures);
            return;
        }

        var done = BarLength * step.Step / step.Of;
        var line = $"[{new string('#', done)}{new string('.', BarLength - done)}] {figures}";
        output.Write('\r' + (line.Length < width ? line.PadRight(width - 1) : line[..(width - 1)]));
        overwriting = true;
    }
}
