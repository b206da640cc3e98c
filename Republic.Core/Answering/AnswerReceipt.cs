using Republic.Core.Answering.Traces;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Answering;

/// <summary>How an answer ended and what it took. Figures are measured or the provider's own, else null.</summary>
public sealed record AnswerReceipt(AnswerEnd End, string? Error)
{
    public string? Provider { get; init; }

    public string? Model { get; init; }

    /// <summary>The version of the minion; null where its model was not asked.</summary>
    public int? MinionVersion { get; init; }

    public int? PromptTokens { get; init; }

    public int? CompletionTokens { get; init; }

    public decimal? Cost { get; init; }

    public RouteReceipt? Route { get; init; }

    /// <summary>The stages with their texts; null where there was generation alone.</summary>
    public AnswerTrace? Trace { get; init; }

    public double? FirstTokenMs { get; init; }

    public double? DurationMs { get; init; }

    public double? GenerationMs { get; init; }

    public string? FinishReason { get; init; }

    public int OmittedMessages { get; init; }
}
