using Republic.Core.Minions;
using Republic.Core.Minions.Models;

namespace Republic.Web.Pages.Models;

/// <param name="IsShort">Above a chat, where there is little room.</param>
public sealed record EndingsView(Guid Minion, IReadOnlyList<MinionEnd> Endings, bool IsShort = false)
{
    /// <summary>Those that are not on this machine; null outside of chats.</summary>
    public MissingView? Missing { get; init; }
}
