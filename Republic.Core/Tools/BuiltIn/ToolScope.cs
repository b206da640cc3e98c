using Republic.Core.Answering.Tools;
using Republic.Core.Minions;

namespace Republic.Core.Tools.BuiltIn;

/// <summary>The data that the tools of one answer may read and write.</summary>
/// <param name="Order">The answer. Its minion belongs to the person whose things are read.</param>
/// <param name="Collections">The ids of the collections that may be searched.</param>
internal sealed record ToolScope(ToolOrder Order, IReadOnlyList<Guid> Collections)
{
    private readonly HashSet<string> addresses = new(StringComparer.Ordinal);

    public Minion Minion => Order.Minion;

    /// <summary>The minion's person.</summary>
    public Guid Person => Order.Minion.OwnerId;

    /// <summary>Numbers passages, and knows whether the answer has read what somebody else may have written.</summary>
    public required ToolSession Session { get; init; }

    /// <summary>Addresses of web pages that the person or a search of this answer gave, as <see cref="Uri.AbsoluteUri"/> spells them without a fragment.</summary>
    public ISet<string> Addresses => addresses;
}
