using Republic.Core.Minions;

namespace Republic.Web.Pages.Models;

/// <param name="IsShort">Above a chat, where there is little room.</param>
public sealed record EndingsView(Guid Minion, IReadOnlyList<MinionEnd> Endings, bool IsShort = false);
