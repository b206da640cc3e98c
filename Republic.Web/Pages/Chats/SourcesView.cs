using Republic.Core.Answering.Traces;

namespace Republic.Web.Pages.Chats;

/// <summary>The passages that an answer was given.</summary>
/// <param name="Id">Of the message or attempt that is the answer.</param>
/// <param name="Answer">Its text.</param>
/// <param name="Cited">The numbers of those that it cites.</param>
public sealed record SourcesView(Guid Id, string Answer, IReadOnlyList<CitedPassage> Passages, IReadOnlySet<int> Cited);
