using System.Text.Json.Serialization;
using Republic.Core.Answering.Turns;

namespace Republic.Core.Comparisons;

/// <summary>An answer as the person sees it: while the comparison is hidden, with nothing that would tell which version wrote it.</summary>
public sealed record AnswerCard
{
    /// <summary>Errors of a version name it, so while they are hidden this stands in their place.</summary>
    private const string HiddenError =
        "It failed. The reason could give away which version this is, so it is shown once you have chosen. Ask again, or compare without hiding.";

    public required int Position { get; init; }
    public required AnswerState State { get; init; }
    public required string Text { get; init; }
    public string? Error { get; init; }

    /// <summary>This and all below are null while the comparison is hidden.</summary>
    public Guid? MinionId { get; init; }
    public int? Version { get; init; }
    public string? Provider { get; init; }
    public string? Model { get; init; }
    public int? PromptTokens { get; init; }
    public int? CompletionTokens { get; init; }
    public decimal? Cost { get; init; }
    public double? FirstTokenMs { get; init; }
    public double? DurationMs { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>“A” for the first, as the page calls them.</summary>
    [JsonIgnore]
    public char Letter => (char)('A' + Position);

    [JsonIgnore]
    public bool IsOver => State is AnswerState.Complete or AnswerState.Failed;

    internal static AnswerCard Of(ComparisonAnswer answer, TurnTexts saved, bool isHidden, bool isUnderWay)
    {
        // No job will come to it any more: the last one failed as a whole.
        var isLeft = !isUnderWay && answer.IsBeingWritten;
        var error = isLeft ? TurnCancellation.Interrupted : answer.Error;
        var isRevealing = error is not (null or TurnCancellation.Interrupted or ComparisonControl.Stopped);
        var card = new AnswerCard
        {
            Position = answer.Position,
            State = isLeft ? AnswerState.Failed : StateOf(answer.State),
            Text = saved.Of(answer),
            Error = isHidden && isRevealing ? HiddenError : error,
        };
        return isHidden
            ? card
            : card with
            {
                MinionId = answer.MinionId,
                Version = answer.Version,
                Provider = answer.Provider,
                Model = answer.Model,
                PromptTokens = answer.PromptTokens,
                CompletionTokens = answer.CompletionTokens,
                Cost = answer.Cost,
                FirstTokenMs = answer.FirstTokenMs,
                DurationMs = answer.DurationMs,
                StartedAt = answer.StartedAt,
                EndedAt = answer.EndedAt,
            };
    }

    private static AnswerState StateOf(TurnState state) =>
        state switch
        {
            TurnState.Pending => AnswerState.Pending,
            TurnState.Streaming => AnswerState.Streaming,
            TurnState.Complete => AnswerState.Complete,
            _ => AnswerState.Failed,
        };
}
