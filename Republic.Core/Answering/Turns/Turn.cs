using Republic.Core.Answering.Traces;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Answering.Turns;

/// <summary>
/// A durable answer of a minion: the columns that a row has in which a minion answers. Figures are measured or the provider's own, else null.
/// </summary>
public abstract class Turn
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required TurnState State { get; set; }

    /// <summary>The text once the turn is over. While it is written the text is in <see cref="TurnPiece{TTurn}"/>, so that a save costs what is new.</summary>
    public string Content { get; set; } = "";

    /// <summary>The present step of the work, as people read it: “Reads the documents”; null where none is shown.</summary>
    public string? Phase { get; set; }

    /// <summary>Why it failed or was stopped, and what to do, for people.</summary>
    public string? Error { get; set; }

    public string? Provider { get; set; }

    public string? Model { get; set; }

    /// <summary>The version of the minion that answered; null where no model was asked.</summary>
    public int? MinionVersion { get; set; }

    public int? PromptTokens { get; set; }

    public int? CompletionTokens { get; set; }

    /// <summary>Dollars.</summary>
    public decimal? Cost { get; set; }

    /// <summary>Which models were asked or passed over, and why; null where none was.</summary>
    public RouteReceipt? Route { get; set; }

    /// <summary>The stages it went through, with the passages that it cites; null where there was generation alone.</summary>
    public AnswerTrace? Trace { get; set; }

    public double? FirstTokenMs { get; set; }

    /// <summary>From the request to the last word. It is set once, with the other figures.</summary>
    public double? DurationMs { get; set; }

    /// <summary>Spent on the answer's tokens, as the model's server measured it; null where it did not say.</summary>
    public double? GenerationMs { get; set; }

    /// <summary>Why the model ended, in the common words: <c>stop</c>, or <c>length</c> when it ran into the limit on tokens.</summary>
    public string? FinishReason { get; set; }

    /// <summary>
    /// How many of the oldest messages did not reach the model: its context could not hold them, or it answers well to fewer
    /// (<see cref="RouteAttempt.History"/>).
    /// </summary>
    public int OmittedMessages { get; set; }

    /// <summary>Written before the minion is asked, so that no answer is paid for twice unasked.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>While a turn is written this is its writer's heartbeat.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    public bool IsBeingWritten => State is TurnState.Pending or TurnState.Streaming;

    /// <summary>Forgets the words of the answer and not what it called and took: it waits to be written on behind its tool calls.</summary>
    public void RestartBehindCalls()
    {
        (State, Content, Phase, Error) = (TurnState.Pending, "", null, null);
        (DurationMs, FinishReason, StartedAt, EndedAt) = (null, null, null, null);
        // What its process took that died is not known.
        Cost ??= 0;
    }

    /// <summary>Forgets the answer: it waits to be written once more.</summary>
    public void Restart()
    {
        (State, Content, Phase, Error) = (TurnState.Pending, "", null, null);
        (Provider, Model, MinionVersion, PromptTokens, CompletionTokens, Cost) = (null, null, null, null, null, null);
        (Route, Trace, FirstTokenMs, DurationMs, GenerationMs) = (null, null, null, null, null);
        (FinishReason, OmittedMessages, StartedAt, EndedAt) = (null, 0, null, null);
    }
}
