using Microsoft.Extensions.AI;
using Republic.Core.Minions;

namespace Republic.Core.Answering;

/// <summary>What is asked of whom: a minion as it is, or as a version of it would be.</summary>
/// <param name="Minion">Of the person for whom it answers: what it may look up is theirs.</param>
/// <param name="Instructions">Its character, as the model is told.</param>
/// <param name="Turns">What was said, the question last.</param>
public sealed record PipelineOrder(Minion Minion, string Instructions, IReadOnlyList<ChatMessage> Turns, AnswerAudience Audience)
{
    /// <summary>Null: those that it is linked to.</summary>
    public IReadOnlyCollection<Guid>? Collections { get; init; }

    public string? StyleModel { get; init; } = Minion.StyleModel;

    public string? StyleAdapter { get; init; } = Minion.StyleAdapter;

    /// <summary>The chat that it is asked in; null where there is none.</summary>
    public Guid? Conversation { get; init; }

    /// <summary>The most tokens that its model takes; null where nobody has said.</summary>
    public int? ContextLength { get; init; }

    internal string Name => Minion.Citizen.DisplayName;

    internal string Question => Turns.LastOrDefault(turn => turn.Role == ChatRole.User)?.Text ?? "";
}
