using Republic.Core.Lora.Progress;

namespace Republic.Core.Lora.Loop;

/// <summary>How a run measures what it has learned, on rows that it does not learn from.</summary>
internal sealed partial class TrainingLoop
{
    /// <summary>The share of the largest fall of the held-out loss that counts as having learned nearly as much.</summary>
    private const double NearlyAsMuch = 0.95;

    private void Validate(CancellationToken ct)
    {
        var (loss, watchedLoss) = Retrying(() =>
        {
            MeasureAgain(ct);
            return (ValidationLoss(ct), WatchedLoss(ct));
        });
        if (!double.IsFinite(loss))
        {
            GoBack(State.Step, "the held-out loss is no longer a number");
            return;
        }

        var progresses = State.LowestScore is not { } lowest || loss + watchedLoss < lowest;
        State = State with
        {
            LowestLoss = Math.Min(loss, State.LowestLoss ?? loss),
            LowestScore = progresses ? loss + watchedLoss : State.LowestScore,
        };
        var isBest = progresses || IsBest(loss, watchedLoss);
        if (isBest)
        {
            best = Values();
            State = State with { BestLoss = loss, BestWatchedLoss = watchedLoss, BestStep = State.Step, GoodMean = State.MeanLoss };
        }

        State = State with { ValidatedStep = State.Step, Setbacks = progresses ? 0 : State.Setbacks + 1 };
        Tell(new ValidationDone(State.Step, loss, isBest));
    }

    /// <summary>
    /// Parameters are also better when they keep more and have learned nearly as much: towards a run's end the rate comes down, which keeps
    /// more, while a held-out loss of few rows moves up and down by more than that is worth.
    /// </summary>
    private bool IsBest(double loss, double watchedLoss) =>
        watchedLoss < State.BestWatchedLoss && State.LossBefore - loss >= NearlyAsMuch * (State.LossBefore - State.LowestLoss);

    /// <summary>
    /// Losses of rows cut at different places cannot be compared. Once rows are cut sooner, what the run began with and the best parameters are
    /// measured again as the present ones will be, and patience begins anew.
    /// </summary>
    private void MeasureAgain(CancellationToken ct)
    {
        if (State.LossBefore is null || best is null || State.MeasuredLength == State.MaxLength)
        {
            return;
        }

        var present = Values();
        // Where all of A and B is 0, the base answers alone.
        float[][] start = [.. Start ?? present.Select(values => new float[values.Length])];
        double before,
            lowest,
            watchedBefore,
            watchedAtBest;
        try
        {
            before = LossWith(start, ct);
            watchedBefore = WatchedLoss(ct);
            (lowest, watchedAtBest) = (before, watchedBefore);
            if (State.BestStep > 0)
            {
                lowest = LossWith(best, ct);
                watchedAtBest = WatchedLoss(ct);
            }
        }
        finally
        {
            Take(present);
        }

        if (State.BestStep > 0 && !(lowest + watchedAtBest < before + watchedBefore))
        {
            (best, lowest, watchedAtBest) = (start, before, watchedBefore);
            State = State with { BestStep = 0, StartIsGone = Start is null };
        }

        State = State with
        {
            LossBefore = before,
            BestLoss = lowest,
            BestWatchedLoss = watchedAtBest,
            LowestLoss = lowest,
            LowestScore = lowest + watchedAtBest,
            Setbacks = 0,
            MeasuredLength = State.MaxLength,
        };
        progress.Report(
            new TrainingNote(
                FormattableString.Invariant(
                    $"Held-out rows are cut to {State.MaxLength} tokens too. Measured again: {before:F4} before training, {lowest:F4} at best, after step {State.BestStep}."
                )
            )
        );
    }

    /// <summary>Of answers that the version before gave and that nothing is learned from; 0 where none are watched.</summary>
    private double WatchedLoss(CancellationToken ct)
    {
        var batches = watched.OrderBy(example => example.Tokens.Length).Chunk(Settings.BatchSize).SelectMany(Batches).ToList();
        return batches.Count > 0 ? batches.Sum(batch => model.Loss(batch, ct)) / batches.Sum(batch => batch.Targets) : 0;
    }

    private double LossWith(float[][] values, CancellationToken ct)
    {
        Take(values);
        return ValidationLoss(ct);
    }

    /// <exception cref="LoraException">Rows are cut so short that there is nothing to measure.</exception>
    private double ValidationLoss(CancellationToken ct)
    {
        var batches = validation.OrderBy(example => example.Tokens.Length).Chunk(Settings.BatchSize).SelectMany(Batches).ToList();
        return batches.Count > 0
            ? batches.Sum(batch => model.Loss(batch, ct)) / batches.Sum(batch => batch.Targets)
            : throw new LoraException(
                $"Memory allows rows of {State.MaxLength} tokens, and none that is held out has an answer so soon. "
                    + "End other programs, or take a smaller base model."
            );
    }
}
