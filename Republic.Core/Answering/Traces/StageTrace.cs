using System.Text.Json.Serialization;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Answering.Traces;

/// <param name="Reason">Why it was skipped or failed, for people.</param>
/// <param name="DurationMs">Null where it did nothing.</param>
public sealed record StageTrace(StageName Name, StageStatus Status, string? Reason = null, double? DurationMs = null)
{
    /// <summary>Who did it: a model, with its adapter; null where none was asked.</summary>
    public string? Model { get; init; }

    /// <summary>What was asked: the query of the knowledge stage.</summary>
    public string? Query { get; init; }

    /// <summary>What came out: the style's draft. The generation's text is the answer itself.</summary>
    public string? Text { get; init; }

    /// <summary>The memories that the answer was given, in its prompt or in its own text; null in other stages.</summary>
    public IReadOnlyList<Guid>? MemoryIds { get; init; }

    public decimal? Cost { get; init; }

    /// <summary>Which models were asked or passed over for it, and where; null where none was.</summary>
    [JsonPropertyName("hops")]
    public IReadOnlyList<RouteAttempt>? Attempts { get; init; }

    /// <summary>Something of it was sent to another machine; null where no model was asked.</summary>
    public bool? LeftMachine => Attempts?.Any(attempt => attempt.LeftMachine);

    /// <summary>Where the person can do something about it.</summary>
    public StageLink? Link { get; init; }

    /// <summary>Adds a reason before the one that it has.</summary>
    internal StageTrace Because(string reason) => this with { Reason = $"{reason} {Reason}".TrimEnd() };

    /// <summary>The same with those who were asked for it.</summary>
    internal StageTrace AskedOf(IReadOnlyCollection<RouteAttempt> attempts)
    {
        if (attempts.Count == 0)
        {
            return this;
        }

        var receipt = new RouteReceipt { Attempts = [.. attempts] };
        return this with
        {
            Attempts = receipt.Attempts,
            Model = Model ?? (receipt.Attempts.LastOrDefault(attempt => attempt.WasSent) ?? receipt.Attempts[^1]).Model,
            Cost = receipt.Cost,
        };
    }
}
