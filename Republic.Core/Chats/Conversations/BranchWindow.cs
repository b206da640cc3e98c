using Republic.Core.Chats.Messages;

namespace Republic.Core.Chats.Conversations;

/// <summary>So much of a branch as a page shows: from one of its messages to its end.</summary>
/// <param name="From">Its first message; null, or one that is not in the branch: the last turns.</param>
/// <param name="Through">The message whose branch is read; null, or one of another conversation: the branch that is shown.</param>
public sealed record BranchWindow(Guid? From, Guid? Through)
{
    public const int Size = 60;

    /// <summary>So many turns stand before the message that is asked for.</summary>
    private const int Lead = 20;

    /// <summary>The last turns of the branch that is shown.</summary>
    public static readonly BranchWindow Last = new(null, null);

    /// <returns>The index of its first message.</returns>
    internal int StartIn(IReadOnlyList<MessageNode> branch)
    {
        var ids = branch.Select(node => (Guid?)node.Id).ToList();
        var (from, through, last) = (ids.IndexOf(From), ids.IndexOf(Through), Math.Max(ids.Count - Size, 0));
        return from >= 0 ? from
            : through >= 0 && through < last ? Math.Max(through - Lead, 0)
            : last;
    }
}
