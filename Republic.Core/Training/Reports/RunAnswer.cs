using System.Text.Json;

namespace Republic.Core.Training.Reports;

/// <summary>One prompt as it was answered before a run and by its draft, with the same seed.</summary>
/// <param name="Text">What was asked.</param>
/// <param name="IsHeldOut">A row of the run's that nothing was learned from; else one of the questions that every run asks.</param>
public sealed record RunAnswer(string Text, int Repeat, bool IsHeldOut, RunAnswer.Said Before, RunAnswer.Said After)
{
    /// <param name="Points">What a judge gave it, 0 to 100; null where it was not graded.</param>
    /// <param name="Trace">How it was made, where there was more than the model alone.</param>
    public sealed record Said(string Text, double? Points, JsonElement? Trace);
}
