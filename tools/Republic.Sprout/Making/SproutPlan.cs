using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Making;

/// <summary>How Sprout is trained. All of it is counted in steps, never in time, so that a run can be repeated.</summary>
/// <param name="Steps">Updates of the weights.</param>
/// <param name="TokensPerBatch">The most tokens that are computed at once, filling included.</param>
/// <param name="BatchesPerStep">Batches that one update sees; they can be computed side by side.</param>
/// <param name="Cooldown">The share of the steps, at their end, in which the learning rate falls to nothing.</param>
/// <param name="CopyingSteps">The first steps are about copying.</param>
internal sealed record SproutPlan(
    int Steps,
    long Seed = 1,
    int TokensPerBatch = 640,
    int BatchesPerStep = 4,
    float LearningRate = 2e-3f,
    double Cooldown = 0.45,
    int CopyingSteps = 600,
    int WarmUpSteps = 100
)
{
    public const int UsualSteps = 7000;
    public const int UsualFurtherSteps = 4000;

    /// <summary>Enough to copy letters that the model had never met.</summary>
    public const int FurtherCopyingSteps = 250;

    /// <summary>What the dialogues are about, after the first steps.</summary>
    public Mixture Main { get; init; } = Mixture.Usual;

    /// <summary>
    /// For a model that was trained already: once more from half the height, falling all the way (a warm restart: Loshchilov and
    /// Hutter, arXiv 1608.03983).
    /// </summary>
    public static SproutPlan Further(int steps, long seed) =>
        new(steps, seed, LearningRate: 1e-3f, Cooldown: 1, CopyingSteps: Math.Min(FurtherCopyingSteps, steps / 8))
        {
            Main = Mixture.Further,
        };

    /// <summary>
    /// Warm-up, constant, linear to zero: until the cooldown it does not depend on the number of steps (Hägele et al., arXiv
    /// 2405.18392).
    /// </summary>
    public float RateAt(int step)
    {
        var start = Steps * (1 - Cooldown);
        var warm = Math.Min(1, (step + 1.0) / WarmUpSteps);
        var cool = step < start ? 1 : (Steps - step) / (Steps - start);
        return LearningRate * (float)(warm * cool);
    }

    public Mixture MixtureAt(int step) => step < CopyingSteps ? Mixture.Copying : Main;
}
