using Republic.Core.Answering.Traces;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Episodes.Reading;

/// <summary>What a minion's step took. Figures are measured or the provider's own, else null.</summary>
/// <param name="Cost">Dollars.</param>
/// <param name="PromptHash">SHA-256 of what the minion was asked; null for whoever does not see all.</param>
/// <param name="Route">Null for whoever does not see all.</param>
/// <param name="Trace">What was searched for and found; null for whoever does not see all, since it repeats what the role knows.</param>
public sealed record StepReceipt(
    string? Provider,
    string? Model,
    int? PromptTokens,
    int? CompletionTokens,
    decimal? Cost,
    double? DurationMs,
    string? PromptHash,
    RouteReceipt? Route,
    AnswerTrace? Trace
);
