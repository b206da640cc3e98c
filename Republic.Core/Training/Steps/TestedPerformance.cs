using System.Text.Json;

namespace Republic.Core.Training.Steps;

/// <param name="TraitConsistency">0 to 1: how alike the answers are in each trait.</param>
internal sealed record TestedPerformance(
    IReadOnlyList<TestedPerformance.Test> TestResults,
    double? AveragePerformance,
    double? TraitConsistency,
    IReadOnlyList<TestedPerformance.EdgeCase> EdgeCases
)
{
    public sealed record Test(string Query, string Response, IReadOnlyList<string> ExpectedTraits, double? TraitPerformance)
    {
        /// <summary>As <see cref="Journal.ModelAnswer.Trace"/>.</summary>
        public JsonElement? Trace { get; init; }
    }

    /// <param name="Answered">With words; else <paramref name="Response"/> says what came instead.</param>
    public sealed record EdgeCase(string Name, bool Answered, string Response);
}
