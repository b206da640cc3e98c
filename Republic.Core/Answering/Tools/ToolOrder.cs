using Republic.Core.Minions;

namespace Republic.Core.Answering.Tools;

/// <summary>The answer for which tools are opened.</summary>
/// <param name="Minion">Belongs to the person whose things the tools read.</param>
public sealed record ToolOrder(Minion Minion, AnswerAudience Audience)
{
    /// <summary>The answer in a chat; null where it is another kind of answer.</summary>
    public Guid? Message { get; init; }

    /// <summary>The attempt at a task; null where it is another kind of answer.</summary>
    public Guid? Attempt { get; init; }

    /// <summary>The step of an episode; null where it is another kind of answer.</summary>
    public Guid? Step { get; init; }

    /// <summary>The task is shared, and others read its result: only tools are offered that touch nothing which is not shared there.</summary>
    public bool IsShared { get; init; }

    /// <summary>The chat; null where it is another kind of answer.</summary>
    public Guid? Conversation { get; init; }

    /// <summary>The collections that may be searched; null for those that the minion is linked to.</summary>
    public IReadOnlyCollection<Guid>? Collections { get; init; }

    /// <summary>Whether tools of an answer to a program may read and write the person's chats and tasks.</summary>
    public bool MayReadPersonal { get; init; } = true;

    /// <summary>The texts that the person wrote themselves: addresses in them are read unasked.</summary>
    public IReadOnlyList<string> Said { get; init; } = [];

    /// <summary>Something that somebody else may have written was given to the model earlier in the conversation, and may speak through its answers.</summary>
    public bool HasReadOthers { get; init; }

    /// <summary>The rounds that this answer had before it waited.</summary>
    public IReadOnlyList<ToolRound> Earlier { get; init; } = [];
}
