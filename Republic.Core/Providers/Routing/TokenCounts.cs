using System.Text.Json.Serialization;

namespace Republic.Core.Providers.Routing;

/// <summary>Tokens of one call.</summary>
/// <param name="Input">Of the prompt, cached ones among them.</param>
/// <param name="Output">Of the answer, those of its reasoning among them.</param>
/// <param name="Cached">Of the prompt, read from the provider's cache.</param>
/// <param name="Reasoning">Of the answer, thought and not said.</param>
public sealed record TokenCounts(long Input, long Output, long Cached = 0, long Reasoning = 0)
{
    /// <summary>Of the prompt, written to the provider's cache.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long CacheWrites { get; init; }

    /// <summary>In US dollars, where the provider says with the answer what it charged.</summary>
    [JsonIgnore]
    public decimal? ReportedCost { get; init; }

    /// <summary>The provider did not count, so Republic did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsEstimate { get; init; }
}
