using Republic.Core.Lora.Progress;

namespace Republic.Core.Lora.Loop;

/// <summary>How a run measures what it has learned, on rows that it does not learn from.</summary>
internal sealed partial class TrainingLoop
{
    private void Validate(CancellationToken ct)
    {
        var (loss, kept) = Retrying(() =>
        {
            MeasureAgain(ct);
            return (ValidationLoss(ct), KeptLoss(ct));
        });
        if (!double.IsFinite(loss))
        {
            GoBack(State.Step, "the held-out loss is no longer a number");
            return;
        }

        var isBest = State.BestScore is not { } lowest || loss + kept < lowest;
        if (isBest)
        {
            best = Values();
            State = State with { BestLoss = loss, BestScore = loss + kept, BestStep = State.Step, GoodMean = State.MeanLoss };
        }

        State = State with { ValidatedStep = State.Step, Setbacks = isBest ? 0 : State.Setbacks + 1 };
        Tell(new ValidationDone(State.Step, loss, isBest));
    }

    /// <summary>
    /// Losses of rows cut at different places cannot be compared. Once rows are cut sooner, the base and the best parameters are
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
        float[][] none = [.. present.Select(values => new float[values.Length])];
        double before,
            lowest,
            scoreBefore,
            score;
        try
        {
            before = LossWith(none, ct);
            scoreBefore = before + KeptLoss(ct);
            (lowest, score) = (before, scoreBefore);
            if (State.BestStep > 0)
            {
                lowest = LossWith(best, ct);
                score = lowest + KeptLoss(ct);
            }
        }
        finally
        {
            Take(present);
        }

        if (State.BestStep > 0 && !(score < scoreBefore))
        {
            (best, lowest, score) = (none, before, scoreBefore);
            State = State with { BestStep = 0, StartIsGone = true };
        }

        State = State with { LossBefore = before, BestLoss = lowest, BestScore = score, Setbacks = 0, MeasuredLength = State.MaxLength };
        progress.Report(
            new TrainingNote(
                FormattableString.Invariant(
                    $"Held-out rows are cut to {State.MaxLength} tokens too. Measured again: {before:F4} before training, {lowest:F4} at best, after step {State.BestStep}."
                )
            )
        );
    }

    /// <summary>Of answers that the version before gave and that nothing is learned from; 0 where none are watched.</summary>
    private double KeptLoss(CancellationToken ct)
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
