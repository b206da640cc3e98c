using Microsoft.Extensions.AI;

namespace Republic.Core.Answering.Turns;

/// <summary>What a minion is asked for a turn: the turns before it with the question last, and as options its character and the settings of its model.</summary>
public sealed record TurnRequest(MinionCall Call, IReadOnlyList<ChatMessage> Messages, ChatOptions Options)
{
    /// <summary>In characters. An answer that is as long ends there, and is complete.</summary>
    public int MaxLength { get; init; } = TurnText.MaxLength - 1;

    /// <summary>Where it is passed the turn has failed; null for none.</summary>
    public TurnLimit? Limit { get; init; }

    /// <summary>How long the answer may take, and why it ends there, for people; null for as long as it takes.</summary>
    public (TimeSpan Most, string Passed)? Time { get; init; }
}
