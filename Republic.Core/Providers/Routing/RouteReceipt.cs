using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core.Providers.Routing;

/// <summary>Why this model answered: every candidate that was asked or passed over, in order.</summary>
public sealed record RouteReceipt
{
    /// <summary>Nobody was asked.</summary>
    public static readonly RouteReceipt Empty = new();

    public Guid Id { get; init; }

    [JsonPropertyName("hops")]
    public IReadOnlyList<RouteAttempt> Attempts { get; init; } = [];

    /// <summary>The attempt that answered, or broke off doing so.</summary>
    [JsonIgnore]
    public RouteAttempt? Answer =>
        Attempts.LastOrDefault(attempt => attempt.Outcome is not (RouteOutcome.PassedOver or RouteOutcome.Failed));

    /// <summary>How many models were really asked.</summary>
    [JsonIgnore]
    public int Sent => Attempts.Count(attempt => attempt.WasSent);

    [JsonIgnore]
    public bool LeftMachine => Attempts.Any(attempt => attempt.LeftMachine);

    /// <summary>The sum of the attempts, which is what is billed; null where one of them is not known.</summary>
    [JsonIgnore]
    public decimal? Cost => Attempts.Where(attempt => attempt.WasSent).Aggregate((decimal?)0, (sum, attempt) => sum + attempt.Cost);

    /// <summary>Some of the cost is worked out from what was sent, because a provider did not count.</summary>
    [JsonIgnore]
    public bool IsEstimate => Attempts.Any(attempt => attempt.IsEstimate);

    public string ToJson() => JsonSerializer.Serialize(this, SnakeCaseJson.Compact);
}
