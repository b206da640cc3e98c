using Republic.Core.Minions;

namespace Republic.Core.Tasks.Work;

/// <summary>All that is needed to ask the minion of an attempt.</summary>
/// <param name="Left">The dollars of the task's budget that are not spent yet.</param>
/// <param name="Read">What was read for it, for people.</param>
internal sealed record TaskOrder(Minion Minion, TaskPrompt Prompt, decimal Left, string Read)
{
    /// <summary>What the owner wrote themselves.</summary>
    public IReadOnlyList<string> Said { get; init; } = [];

    /// <summary>The prompt has something that somebody else may have written: a comment, a file, or a message of a chat.</summary>
    public bool HasOthers { get; init; }

    /// <summary>The task is offered to somebody, who reads its result once they have accepted.</summary>
    public bool IsShared { get; init; }
}
