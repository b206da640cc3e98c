using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Chats;

/// <summary>One model that was asked for a stage of an answer, or passed over, in a line.</summary>
internal static class HopWords
{
    public static string Of(RouteHop hop, ProviderCatalog catalog)
    {
        var who = $"{Provider(hop, catalog)} · {hop.Model}";
        var why = hop.Reason is null ? "" : $": {hop.Reason}";
        if (!hop.WasSent)
        {
            return $"{who} was not asked{why}";
        }

        var did = hop.Outcome == RouteOutcome.Answered ? "was asked" : $"was asked and did not answer{why}";
        var where = hop.LeftMachine ? "left this machine" : "stayed on this machine";
        var cost = hop.Cost is { } dollars ? Figures.Cost(dollars, hop.IsEstimate) : "cost unknown";
        return $"{who} {did} · {where}{(hop.DurationMs is { } ms ? $" · {Figures.Seconds(ms)}" : "")} · {cost}";
    }

    public static string Provider(RouteHop hop, ProviderCatalog catalog) => catalog.Find(hop.Provider)?.DisplayName ?? hop.Provider;
}
