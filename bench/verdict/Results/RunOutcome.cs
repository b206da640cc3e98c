using System.Text.Json.Nodes;
using Republic.Bench.Rows;

namespace Republic.Bench.Results;

/// <summary>One run as its report tells it, and what it was really worth: one line of the results.</summary>
/// <param name="Truth">Null where the run made no weights.</param>
/// <param name="Retention">As the report has it, without the answers themselves.</param>
/// <param name="Low">Of the reported interval.</param>
/// <param name="StepSeconds">Of the run's nine steps.</param>
internal sealed record RunOutcome(
    string Kind,
    long Seed,
    string Variant,
    string Verdict,
    bool Promoted,
    double? LossBefore,
    double? LossAfter,
    double? Low,
    double? High,
    int? Groups,
    JsonNode? Retention,
    JsonNode? Warnings,
    Truth.TrueWorth? Truth,
    double RunSeconds,
    double TruthSeconds,
    IReadOnlyList<double>? StepSeconds = null
)
{
    public bool IsBetter => Truth is { IsBetter: true } && !DataKind.IsUnrelated(Kind);

    /// <summary>The share of the measured answers that the draft kept, from 0 to 1.</summary>
    public double KeptShare =>
        Retention is { } retention ? (double)retention["kept"]!.GetValue<int>() / retention["of"]!.GetValue<int>() : 1;

    public string Key => KeyOf(Kind, Seed, Variant);

    public static string KeyOf(string kind, long seed, string variant) => $"{kind}/{variant}/{seed}";
}
