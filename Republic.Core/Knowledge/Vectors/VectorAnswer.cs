namespace Republic.Core.Knowledge.Vectors;

/// <param name="Hits">The nearest first.</param>
/// <param name="Background">The mean cosine of two passages of the space that were picked at random: what means nothing there.</param>
public sealed record VectorAnswer(IReadOnlyList<VectorHit> Hits, double Background)
{
    /// <summary>How many passages have no vector yet.</summary>
    public long Missing { get; init; }

    /// <summary>What a similarity says in this space, 0 to 1: models differ in what they give to texts that have nothing in common.</summary>
    public double Calibrated(double similarity) => Math.Clamp((similarity - Background) / (1 - Math.Min(Background, 0.999)), 0, 1);
}
