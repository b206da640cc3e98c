using Republic.Core.Memories;

namespace Republic.Web.Pages.Memories;

/// <param name="Newest">A few of those in use.</param>
/// <param name="Waiting">Proposals and contradictions, which the person decides on.</param>
public sealed record RememberedView(Guid Minion, string Name, IReadOnlyList<MemoryCard> Newest, int Used, int Waiting);
