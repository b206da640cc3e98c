namespace Republic.Core.Training.Grading;

/// <summary>What a judge gave one answer: 0 to 100 each.</summary>
public sealed record Grade(double TaskAccuracy, double Completeness, double Correctness, double Coherence)
{
    /// <summary>The mean of the four.</summary>
    public double Score => (TaskAccuracy + Completeness + Correctness + Coherence) / 4;

    internal bool IsPossible => new[] { TaskAccuracy, Completeness, Correctness, Coherence }.All(points => points is >= 0 and <= 100);
}
