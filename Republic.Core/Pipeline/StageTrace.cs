namespace Republic.Core.Pipeline;

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

    public decimal? Cost { get; init; }
}
