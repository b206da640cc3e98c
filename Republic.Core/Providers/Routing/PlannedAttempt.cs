namespace Republic.Core.Providers.Routing;

/// <summary>One model that would be asked, or passed over.</summary>
public sealed record PlannedAttempt
{
    /// <summary>The catalogue row's name.</summary>
    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>The server it is asked at; null: the provider's own, or none.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Which of several keys, as its owner calls it.</summary>
    public string? Key { get; init; }

    /// <summary>1 is asked first, 2 where that one fails, and so on; null is passed over.</summary>
    public int? Turn { get; init; }

    /// <summary>Why it is passed over, or asked last, for people.</summary>
    public string? Reason { get; init; }

    /// <summary>What is sent would go to another machine.</summary>
    public bool LeavesMachine { get; init; }

    /// <summary>The most tokens of prompt and answer; null where nobody has said.</summary>
    public int? ContextLength { get; init; }

    /// <summary>
    /// The most that the call can cost with the longest answer, in US dollars; null where nobody knows the price, or it is not asked.
    /// </summary>
    public decimal? MaxCost { get; init; }

    /// <summary>The longest answer in tokens, as that cost takes it; without a limit of its own, what is sent under a budget.</summary>
    public long? MaxAnswerTokens { get; init; }

    /// <summary>From this day on its provider no longer answers with the model; null where none was announced.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>The model that the provider recommends instead.</summary>
    public string? Replacement { get; init; }
}
