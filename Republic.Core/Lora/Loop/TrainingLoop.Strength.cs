using Republic.Core.Lora.Progress;

namespace Republic.Core.Lora.Loop;

/// <summary>
/// How strong a change the run ends with. Between the weights before a run and those after it lie some that keep nearly all of what either
/// can do (Wortsman et al. 2022, “Robust fine-tuning of zero-shot models”).
/// </summary>
internal sealed partial class TrainingLoop
{
    /// <summary>The share of the fall of the held-out loss that a weaker change has to keep.</summary>
    private const double LearnedEnough = 0.85;

    /// <summary>Of the change of the projections, the weakest first. On 0.7 most manners begin to fade.</summary>
    private static readonly double[] Strengths = [0.8, 0.85, 0.9, 0.95];

    /// <summary>
    /// Weakens the best parameters, which are in the model, as far as they still do nearly all of what they learned. Without watched answers
    /// nothing is known of that: they are in the manner of the rows, so they become less likely once that fades.
    /// </summary>
    public void Weaken(CancellationToken ct)
    {
        // Losses of rows that were cut at another place cannot be compared.
        var isComparable = watched.Count > 0 && State.MeasuredLength == State.MaxLength;
        if (!isComparable || best is null || State is not { BestStep: > 0, LossBefore: { } before, BestLoss: { } full })
        {
            return;
        }

        progress.Report(new TrainingNote("Measures whether a weaker change does as much."));
        try
        {
            foreach (var strength in Strengths)
            {
                Take(At(strength, best));
                var loss = ValidationLoss(ct);
                if (
                    before - loss >= LearnedEnough * (before - full)
                    && WatchedLoss(ct) is var watchedLoss
                    && watchedLoss <= State.BestWatchedLoss
                )
                {
                    State = State with { BestLoss = loss, BestWatchedLoss = watchedLoss, Strength = strength };
                    progress.Report(
                        new TrainingNote(
                            FormattableString.Invariant(
                                $"The change is taken at {strength:0.0#} of its strength, which keeps more of what the model could do: the held-out loss is {loss:F4} with it, {full:F4} with all of it."
                            )
                        )
                    );
                    return;
                }
            }
        }
        catch (Exception e) when (e is OutOfMemoryException or DeviceMemoryException)
        {
            progress.Report(new TrainingNote("Memory ran out for that, so the whole change is taken."));
        }

        Take(best);
    }

    /// <summary>
    /// Between the start and other parameters. A change is a product of two matrices, so where it begins with nothing each takes a root of the
    /// strength; what is added to an earlier change is, for the most part, a sum of products with one of its matrices.
    /// </summary>
    private float[][] At(double strength, float[][] values)
    {
        var share = (float)(Start is null ? Math.Sqrt(strength) : strength);
        return
        [
            .. values.Select(
                (matrix, i) =>
                    matrix.Select((value, j) => Start is null ? share * value : Start[i][j] + (share * (value - Start[i][j]))).ToArray()
            ),
        ];
    }
}
