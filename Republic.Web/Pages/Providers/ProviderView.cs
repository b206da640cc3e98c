using System.Globalization;
using System.Text;
using Republic.Core.Providers;
using Republic.Core.Providers.Overview;
using Republic.Web.Pages.Models;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Providers;

/// <summary>A provider's card as it is drawn.</summary>
/// <param name="Test">What Test found, where the whole page answers.</param>
public sealed record ProviderView(ProviderCard Card, TestAnswer? Test = null)
{
    private const double Width = 120;
    private const double Height = 28;

    public string Id => Card.Row.Name;

    /// <summary>A minion there has a key of its own.</summary>
    public bool HasOwnKey { get; init; }

    /// <summary>It has a key, or needs none.</summary>
    public bool IsSetUp => Card.Row.Key != KeyNeed.Required || Card.Keys.Count > 0 || Card.UsesShared || HasOwnKey;

    /// <summary>Where it is, in few letters.</summary>
    public string Host
    {
        get
        {
            var addresses = Card.Keys.Select(key => key.Key.BaseUrl is { } own ? new Uri(own) : Card.Row.BaseUrl).OfType<Uri>();
            return !Card.Row.TakesBaseUrl
                ? "this machine"
                : string.Join(
                    ", ",
                    addresses
                        .DefaultIfEmpty(Card.Row.BaseUrl)
                        .OfType<Uri>()
                        .Select(address => address.Authority)
                        .Distinct(StringComparer.Ordinal)
                );
        }
    }

    public (string Tone, string Icon, string Text) Pill =>
        Card.State switch
        {
            ProviderState.KeyRefused => ("bad", "key_off", "Key refused"),
            ProviderState.Paused => ("warn", "pause", $"Paused, next try in {Math.Ceiling(Card.Rest?.TotalSeconds ?? 0):0} s"),
            ProviderState.Offline => ("", "cloud_off", "Offline"),
            ProviderState.Failing => (
                Card.Lately.Answered * 2 >= Card.Lately.Judged ? "warn" : "bad",
                "error",
                $"{Figures.Count(Card.Lately.Answered)} of {Figures.Count(Card.Lately.Judged)} answered"
            ),
            ProviderState.Slow => ("warn", "speed", "Slow today"),
            ProviderState.Healthy => ("good", "check_circle", "Healthy"),
            ProviderState.NotToday => ("", "schedule", "Not used today"),
            _ => ("", "schedule", "Not used yet"),
        };

    /// <summary>Half of the answers took no longer.</summary>
    public string Median => Card.P50Ms is { } half ? Figures.Seconds(half) : "unknown";

    public string Percentile95 => Card.P95Ms is { } most ? Figures.Seconds(most) : "unknown";

    public string MonthCost
    {
        get
        {
            var (calls, unpriced, cost) = (Card.Month.Sum(d => d.Calls), Card.Month.Sum(d => d.Unpriced), Card.Month.Sum(d => d.Cost));
            var known = Figures.Cost(cost, Card.Month.Any(d => d.Estimated > 0));
            return calls > 0 && unpriced == calls ? "unknown"
                : unpriced > 0 ? $"{known}, {Figures.Count(unpriced, "call")} unknown"
                : known;
        }
    }

    /// <summary>What others did over this person's key, and what of the cost is theirs; null where nobody did anything.</summary>
    public string? Others =>
        Card.Month.Sum(day => day.Others) is > 0 and var calls
            ? $"{Figures.Count(calls, "call")}, {Figures.Cost(Card.Month.Sum(day => day.OthersCost))}"
            : null;

    /// <summary>No call of these days has a known cost.</summary>
    public bool IsCostUnknown => Card.Calls > 0 && Card.Days.Sum(day => day.Unpriced) == Card.Calls;

    /// <summary>The cost of each day as a line; what is not known is not in it.</summary>
    public string CostLine
    {
        get
        {
            var highest = Card.Days.Max(day => day.Cost);
            var path = new StringBuilder();
            for (var i = 0; i < Card.Days.Count; i++)
            {
                var y = highest == 0 ? Height - 2 : Height - 2 - ((Height - 4) * (double)(Card.Days[i].Cost / highest));
                path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{Width * i / (Card.Days.Count - 1):0.#} {y:0.#}");
            }

            return path.ToString();
        }
    }

    /// <summary>How a day went: all well, some failed, or most of them.</summary>
    public static string? Seat(ProviderDay day) =>
        day.Judged == 0 ? null
        : day.Answered >= 0.95 * day.Judged ? "on"
        : day.Answered >= 0.5 * day.Judged ? "warn"
        : "bad";

    public string UsedBy =>
        Card.Minions.Count switch
        {
            0 => "No minion uses it yet.",
            1 => $"{Card.Minions[0]} uses it.",
            2 => $"{Card.Minions[0]} and {Card.Minions[1]} use it.",
            var n => $"{Card.Minions[0]} and {n - 1} others use it.",
        };
}
