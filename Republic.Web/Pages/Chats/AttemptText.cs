using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Chats;

/// <summary>One model that was asked for a stage of an answer, or passed over, in a line.</summary>
internal static class AttemptText
{
    public static string Of(RouteAttempt attempt, ProviderCatalog catalog)
    {
        var who = $"{Provider(attempt, catalog)} · {attempt.Model}";
        var why = attempt.Reason is null ? "" : $": {attempt.Reason}";
        if (!attempt.WasSent)
        {
            return $"{who} was not asked{why}";
        }

        var did = attempt.Outcome == RouteOutcome.Answered ? "was asked" : $"was asked and did not answer{why}";
        var where = attempt.LeftMachine ? "left this machine" : "stayed on this machine";
        var cost = attempt.Cost is { } dollars ? Figures.Cost(dollars, attempt.IsEstimate) : "cost unknown";
        return $"{who} {did} · {where}{(attempt.DurationMs is { } ms ? $" · {Figures.Seconds(ms)}" : "")} · {cost}";
    }

    public static string Provider(RouteAttempt attempt, ProviderCatalog catalog) =>
        catalog.Find(attempt.Provider)?.DisplayName ?? attempt.Provider;
}
