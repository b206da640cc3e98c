namespace Republic.Core.Analytics;

/// <summary>How long answers in chats took from the question to the last word; of those that completed.</summary>
public sealed record AnswerTimes
{
    /// <summary>Null in sums over days.</summary>
    public DateOnly? Day { get; init; }

    public string? Key { get; init; }

    public double MedianMs { get; init; }

    /// <summary>19 of 20 were faster.</summary>
    public double P95Ms { get; init; }
}
