namespace Republic.Core.Lora.Loop;

/// <summary>
/// The order in which a run reads its rows. It follows from the settings and the rows' lengths alone, so that a run that
/// goes on needs to know no more than its number of steps.
/// </summary>
/// <param name="lengths">Of the rows that are learned from and, behind them, of those that are replayed, in tokens.</param>
/// <param name="own">How many are the run's own: each is read once an epoch, and replayed ones take turns.</param>
internal sealed class TrainingPlan(IReadOnlyList<int> lengths, LoraSettings settings, int own)
{
    private const long Purpose = 2;
    private const int ValidationsPerRun = 10;
    private readonly int replayed = settings.ReplayedPerEpoch(own, lengths.Count - own);
    private int shuffledEpoch = -1;
    private IReadOnlyList<int[]> batches = [];

    public int Steps => StepsPerEpoch * settings.Epochs!.Value;

    private int StepsPerEpoch => settings.StepsFor(own + replayed);

    /// <summary>About ten times in a run, at least once an epoch, and after the last step.</summary>
    public bool ValidatesAfter(int step)
    {
        var every = Math.Min(StepsPerEpoch, Math.Max(1, (Steps + ValidationsPerRun - 1) / ValidationsPerRun));
        return step == Steps || step % every == 0;
    }

    /// <param name="step">From 1.</param>
    public PlannedStep At(int step)
    {
        var (epoch, within) = Math.DivRem(step - 1, StepsPerEpoch);
        if (epoch != shuffledEpoch)
        {
            var rows = RowsOf(epoch);
            var random = SeededRandom.For(settings.Seed, (Purpose << 32) + epoch);
            batches =
            [
                .. new LengthBuckets(settings.BatchSize)
                    .Batches([.. rows.Select(row => lengths[row])], random)
                    .Select(batch => batch.Select(at => rows[at]).ToArray()),
            ];
            shuffledEpoch = epoch;
        }

        var now = batches.Skip(within * settings.GradientAccumulation).Take(settings.GradientAccumulation).ToList();
        return new PlannedStep(epoch + 1, now);
    }

    private int[] RowsOf(int epoch) =>
        [
            .. Enumerable.Range(0, own),
            .. Enumerable.Range(0, replayed).Select(i => own + (int)((((long)epoch * replayed) + i) % (lengths.Count - own))),
        ];
}
