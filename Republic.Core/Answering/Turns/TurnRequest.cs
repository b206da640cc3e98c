using Microsoft.Extensions.AI;

namespace Republic.Core.Answering.Turns;

/// <summary>A request to a minion for a turn: the turns before it with the question last, and as options its character and the settings of its model.</summary>
public sealed record TurnRequest(MinionCall Call, IReadOnlyList<ChatMessage> Messages, ChatOptions Options)
{
    /// <summary>In characters. An answer that is as long ends there, and is complete.</summary>
    public int MaxLength { get; init; } = TurnText.MaxLength - 1;

    /// <summary>The greatest length, beyond which the turn has failed; null for none.</summary>
    public TurnLimit? Limit { get; init; }

    /// <summary>The greatest time that the answer may take, and the message for people where it passes; null for none.</summary>
    public (TimeSpan Most, string Passed)? Time { get; init; }
}
