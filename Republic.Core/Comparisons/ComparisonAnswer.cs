namespace Republic.Core.Comparisons;

/// <summary>The answer of one candidate. Figures are measured or the provider's own, else null.</summary>
public sealed class ComparisonAnswer
{
    public required Guid ComparisonId { get; init; }

    /// <summary>The place among the answers, from 0, from left to right.</summary>
    public required int Position { get; init; }

    public required Guid MinionId { get; init; }

    public required int Version { get; init; }

    public AnswerState State { get; set; } = AnswerState.Pending;

    public string Text { get; set; } = "";

    public string? Error { get; set; }

    public string? Provider { get; set; }

    public string? Model { get; set; }

    public int? PromptTokens { get; set; }

    public int? CompletionTokens { get; set; }

    public decimal? Cost { get; set; }

    public double? FirstTokenMs { get; set; }

    public double? DurationMs { get; set; }

    /// <summary>Written before it is asked, so that no answer is paid for twice unasked.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public bool IsOver => State is AnswerState.Complete or AnswerState.Failed;
}
