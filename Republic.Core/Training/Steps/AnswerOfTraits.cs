using System.Text.Json;

namespace Republic.Core.Training.Steps;

/// <summary>How much of the chosen traits an answer shows, 0 to 100 each.</summary>
/// <param name="TraitScore">The mean; null where no trait is measured.</param>
internal sealed record AnswerOfTraits(string Query, string Response, IReadOnlyDictionary<string, double> Scores, double? TraitScore)
{
    /// <summary>As <see cref="Journal.ModelAnswer.Trace"/>.</summary>
    public JsonElement? Trace { get; init; }
}
