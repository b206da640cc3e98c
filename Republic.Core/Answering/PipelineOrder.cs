using Microsoft.Extensions.AI;
using Republic.Core.Minions;

namespace Republic.Core.Answering;

/// <summary>The input of a stage.</summary>
/// <param name="Instructions">The character, as the model reads it.</param>
/// <param name="Turns">The conversation, the question last.</param>
internal sealed record PipelineOrder(MinionCall Call, string Instructions, IReadOnlyList<ChatMessage> Turns)
{
    public Minion Minion => Call.Minion;

    public MinionPipeline Pipeline => Call.Pipeline!;

    public string Name => Minion.Citizen.DisplayName;

    public string Question => Turns.LastOrDefault(turn => turn.Role == ChatRole.User)?.Text ?? "";
}
