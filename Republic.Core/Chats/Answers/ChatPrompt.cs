using Microsoft.Extensions.AI;
using Republic.Core.Answering;

namespace Republic.Core.Chats.Answers;

/// <summary>One request of a chat to its minion, before the stages add to it.</summary>
/// <param name="Turns">The turns of the branch up to the question.</param>
/// <param name="Options">The character, and the settings of its model.</param>
internal sealed record ChatPrompt(MinionCall Call, IReadOnlyList<ChatMessage> Turns, ChatOptions Options);
