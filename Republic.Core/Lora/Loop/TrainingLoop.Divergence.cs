using System.Globalization;
using Republic.Core.Lora.Progress;

namespace Republic.Core.Lora.Loop;

/// <summary>
/// What a run does when its loss diverges: it goes back to the last adapter that was good, and on from there at half the rate.
/// Which one that is follows from the run alone, not from when a checkpoint happened to be written.
/// </summary>
internal sealed partial class TrainingLoop
{
    /// <summary>Steps of the mean loss: one batch of hard rows is no sign.</summary>
    private const int MeanOf = 10;

    /// <summary>A batch of replayed answers alone is far easier than one of the run's own rows: more steps balance them.</summary>
    private const int MeanOfReplaying = 50;
    private const int WarmUpAgain = 10;
    private const int MostHalvings = 2;
    private const int GoodPointsPerRun = 10;

    private int GoodStep => validation.Count > 0 ? State.BestStep : State.GoodStep;

    private int Window => replays ? MeanOfReplaying : MeanOf;

    private bool CanGoBack => best is not null && !(State.StartIsGone && GoodStep == 0);

    /// <summary>The optimiser begins anew where the run went back, and its first steps, of which it knows nothing yet, are small.</summary>
    private double RateAt(int step) =>
        State.Halvings == 0
            ? rate.At(step)
            : rate.At(step) / (1 << State.Halvings) * Math.Min(1, (double)(step - State.MomentsSince) / WarmUpAgain);

    /// <summary>Goes back when the running mean of the losses is over twice the lowest that it was, and one nat more.</summary>
    private void Watch(double loss)
    {
        // Where it went back the mean goes on as it was there.
        var steps = State.LowestMean is null ? State.Step - State.MomentsSince : Window;
        var mean = State.MeanLoss + ((loss - State.MeanLoss) / Math.Min(Window, steps));
        State = State with { MeanLoss = mean, FirstLoss = State.FirstLoss ?? loss };
        if (steps < Window)
        {
            return;
        }

        var lowest = State.LowestMean ?? Math.Max(State.FirstLoss.Value, State.LossBefore ?? 0);
        if (mean > (2 * lowest) + 1)
        {
            GoBack(State.Step, string.Create(CultureInfo.InvariantCulture, $"the loss rose from {lowest:F2} to {mean:F2}"));
        }
        else if (State.LowestMean is null || mean < lowest)
        {
            State = State with { LowestMean = mean };
            if (validation.Count == 0 && State.Step - State.GoodStep >= Math.Max(1, Steps / GoodPointsPerRun))
            {
                best = Values();
                State = State with { GoodStep = State.Step, GoodMean = mean };
            }
        }
    }

    /// <exception cref="LoraException">It went back often enough, or there is nothing to go back to.</exception>
    private void GoBack(int step, string why)
    {
        if (State.Halvings == MostHalvings || !CanGoBack)
        {
            var also = State.Halvings == 0 ? "" : $", also at {(State.Halvings == 1 ? "half" : "a quarter")} of the learning rate";
            throw new LoraException(
                $"Training stopped at step {step}: {why}{also}. The learning rate of {Settings.LearningRate} is probably too high: "
                    + "start anew with a tenth of it."
            );
        }

        Take(best!);
        foreach (var moments in optimiser.FirstMoments.Concat(optimiser.SecondMoments))
        {
            Array.Clear(moments);
        }

        optimiser.Steps = 0;
        losses.RemoveAll(told => told.Step > GoodStep);
        State = State with
        {
            Step = GoodStep,
            ValidatedStep = GoodStep,
            MomentsSince = GoodStep,
            Halvings = State.Halvings + 1,
            Setbacks = 0,
            MeanLoss = State.GoodMean ?? 0,
            LowestMean = State.GoodMean,
        };
        progress.Report(
            new TrainingNote(
                $"Training diverged at step {step}: {why}. It goes back to where it was after step {State.Step}, and on at "
                    + $"{(State.Halvings == 1 ? "half" : "a quarter")} of the learning rate."
            )
        );
    }
}
