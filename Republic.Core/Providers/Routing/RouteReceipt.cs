using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core.Providers.Routing;

/// <summary>Why this model answered: every candidate that was asked or passed over, in order.</summary>
public sealed record RouteReceipt
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public IReadOnlyList<RouteHop> Hops { get; init; } = [];

    /// <summary>The hop that answered, or broke off doing so.</summary>
    [JsonIgnore]
    public RouteHop? Answer => Hops.LastOrDefault(hop => hop.Outcome is not (RouteOutcome.PassedOver or RouteOutcome.Failed));

    /// <summary>How many models were really asked.</summary>
    [JsonIgnore]
    public int Sent => Hops.Count(hop => hop.WasSent);

    [JsonIgnore]
    public bool LeftMachine => Hops.Any(hop => hop.LeftMachine);

    /// <summary>The sum of the hops, which is what is billed; null where one of them is not known.</summary>
    [JsonIgnore]
    public decimal? Cost => Hops.Where(hop => hop.WasSent).Aggregate((decimal?)0, (sum, hop) => sum + hop.Cost);

    /// <summary>Some of the cost is worked out from what was sent, because a provider did not count.</summary>
    [JsonIgnore]
    public bool IsEstimate => Hops.Any(hop => hop.IsEstimate);

    public string ToJson() => JsonSerializer.Serialize(this, SnakeCaseJson.Compact);
}
