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

    /// <summary>The receipt of an answer that waited in between: this is its end, and that its beginning.</summary>
    public AnswerReceipt After(AnswerReceipt before) =>
        this with
        {
            PromptTokens = Sum(before.PromptTokens, PromptTokens),
            CompletionTokens = Sum(before.CompletionTokens, CompletionTokens),
            Cost = before.Cost + Cost,
            Provider = Provider ?? before.Provider,
            Model = Model ?? before.Model,
            MinionVersion = MinionVersion ?? before.MinionVersion,
            Route =
                Route is null ? before.Route
                : before.Route is null ? Route
                : Route with { Attempts = [.. before.Route.Attempts, .. Route.Attempts] },
            Trace = Trace ?? before.Trace,
            FirstTokenMs = before.FirstTokenMs ?? FirstTokenMs,
            GenerationMs = before.GenerationMs + GenerationMs,
        };

    private static int? Sum(int? before, int? after) => before is null ? after : before + (after ?? 0);
}
