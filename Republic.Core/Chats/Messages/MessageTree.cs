namespace Republic.Core.Chats.Messages;

/// <summary>The messages of one conversation as a tree. Siblings stand in the order in which they were written.</summary>
public sealed class MessageTree
{
    private readonly Dictionary<Guid, MessageNode> nodes;
    private readonly ILookup<Guid, MessageNode> children;

    public MessageTree(IEnumerable<MessageNode> inOrder)
    {
        var list = inOrder.ToList();
        nodes = list.ToDictionary(node => node.Id);
        children = list.ToLookup(node => node.ParentId ?? Guid.Empty);
    }

    /// <summary>The way from the first message down to this one.</summary>
    public IReadOnlyList<MessageNode> BranchTo(Guid? leaf)
    {
        var branch = new List<MessageNode>();
        // The count bounds a walk over rows that somebody may have tied into a ring.
        while (leaf is { } id && nodes.TryGetValue(id, out var node) && branch.Count < nodes.Count)
        {
            branch.Add(node);
            leaf = node.ParentId;
        }

        branch.Reverse();
        return branch;
    }

    /// <summary>The message itself and what else was said in its place.</summary>
    public IReadOnlyList<Guid> Siblings(Guid id) =>
        nodes.TryGetValue(id, out var node) ? [.. children[node.ParentId ?? Guid.Empty].Select(sibling => sibling.Id)] : [];

    /// <summary>The end of the branch that goes through a message, taking the newest turn at every fork.</summary>
    public Guid LeafUnder(Guid id)
    {
        for (var steps = 0; steps < nodes.Count && children[id].LastOrDefault() is { } child; steps++)
        {
            id = child.Id;
        }

        return id;
    }
}
