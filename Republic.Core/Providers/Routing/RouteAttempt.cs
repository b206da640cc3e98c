using System.Text.Json.Serialization;
using Republic.Core.Providers.Prices;

namespace Republic.Core.Providers.Routing;

/// <summary>One model that was asked, or passed over.</summary>
public sealed record RouteAttempt
{
    /// <summary>The catalogue row's name.</summary>
    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>Which of several keys, as its owner calls it.</summary>
    public string? Key { get; init; }

    public required RouteOutcome Outcome { get; init; }

    /// <summary>Why it was passed over or did not answer, for people.</summary>
    public string? Reason { get; init; }

    /// <summary>The host and port that a superuser may allow, where that is what stood in the way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AllowableHost { get; init; }

    /// <summary>The longest context, in tokens, with which the model would have fitted into memory.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? LargestContext { get; init; }

    /// <summary>What was sent went to another machine.</summary>
    public bool LeftMachine { get; init; }

    public double? DurationMs { get; init; }

    public double? FirstTokenMs { get; init; }

    /// <summary>As the provider counted; null where it did not.</summary>
    public TokenCounts? Tokens { get; init; }

    /// <summary>In US dollars; null where it is not known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The cost is worked out from what was sent, because the provider did not count.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsEstimate { get; init; }

    /// <summary>Null where the whole conversation was sent and was not too long for the model, or nobody has measured what is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HistoryFit? History { get; init; }

    /// <summary>Where the cost comes from; null where it is not known, or nothing was asked.</summary>
    public PriceSource? PriceSource { get; init; }

    /// <summary>Which model answered, as the provider itself says; looked for only where a trace tells it.</summary>
    [JsonIgnore]
    public string? AnsweredBy { get; init; }

    /// <summary>It was really asked.</summary>
    [JsonIgnore]
    public bool WasSent => Outcome is not (RouteOutcome.PassedOver or RouteOutcome.Cached);
}
