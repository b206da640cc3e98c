using Markdig.Syntax.Inlines;
using Republic.Core.Chats.Messages;

namespace Republic.Core.Chats.Prose;

/// <summary><c>[1]</c> or <c>[1, 3]</c> in an answer that was given passages.</summary>
internal sealed class CiteInline(Guid message, IReadOnlyList<int> numbers) : LeafInline
{
    public Guid Message => message;

    public IReadOnlyList<int> Numbers => numbers;
}
