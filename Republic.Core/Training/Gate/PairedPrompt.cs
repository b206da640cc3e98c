namespace Republic.Core.Training.Gate;

/// <summary>One prompt, answered several times by the minion before and after a run. The repeats share their seeds.</summary>
/// <param name="Before">Points from 0 to 100, or nats, one per repeat.</param>
/// <param name="After">In the unit of <paramref name="Before"/>.</param>
public sealed record PairedPrompt(string Text, IReadOnlyList<double> Before, IReadOnlyList<double> After)
{
    public const double PassMark = 50;

    /// <summary>Prompts of one number have nearly equal questions or answers. Null is a group of its own.</summary>
    public int? Group { get; init; }

    /// <summary>How much better the mean of the answers has become.</summary>
    public double Difference => After.Average() - Before.Average();

    /// <summary>Passed before and fails now, or the other way round. For points alone.</summary>
    public bool Flipped => Before.Average() >= PassMark != After.Average() >= PassMark;
}
