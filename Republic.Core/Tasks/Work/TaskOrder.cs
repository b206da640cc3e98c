using Republic.Core.Minions;

namespace Republic.Core.Tasks.Work;

/// <summary>All that is needed to ask the minion of an attempt.</summary>
/// <param name="Left">The dollars of the task's budget that are not spent yet.</param>
/// <param name="Read">What was read for it, for people.</param>
internal sealed record TaskOrder(Minion Minion, TaskPrompt Prompt, decimal Left, string Read);
