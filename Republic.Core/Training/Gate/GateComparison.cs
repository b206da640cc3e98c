namespace Republic.Core.Training.Gate;

/// <summary>Before against after, over all prompts of a run. A version is promoted by itself only if it is better and has not forgotten.</summary>
/// <param name="Prompts">None where nothing could grade.</param>
/// <param name="Forgetting">Null where no weights were trained.</param>
public sealed record GateComparison(IReadOnlyList<PairedPrompt> Prompts, int Seed, ForgettingGuard? Forgetting = null)
{
    public const int FewestPrompts = 12;

    public Interval? Interval { get; } =
        Prompts.Count == 0 ? null : SignFlipTest.Interval([.. Prompts.Select(prompt => prompt.Difference)], Seed);

    public GateVerdict Verdict =>
        Interval is not { } interval ? GateVerdict.NotGraded
        : Prompts.Count < FewestPrompts ? GateVerdict.TooFew
        : interval.Low > 0 ? GateVerdict.Better
        : interval.High < 0 ? GateVerdict.Worse
        : GateVerdict.NoChange;

    public bool Promotes => Verdict == GateVerdict.Better && Forgetting is not { Forgets: true };
}
