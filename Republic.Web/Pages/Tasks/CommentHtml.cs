using Microsoft.Extensions.Caching.Memory;
using Republic.Core.Chats.Prose;
using Republic.Core.Tasks.Details;

namespace Republic.Web.Pages.Tasks;

/// <summary>
/// Comments as HTML. Pages that are open fetch all that they show at every change of a task, and guests write what takes long to render: each
/// text is rendered once while somebody looks at it.
/// </summary>
internal static class CommentHtml
{
    private const long MostCharacters = 16_000_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private static readonly MemoryCache Rendered = new(new MemoryCacheOptions { SizeLimit = MostCharacters });

    public static string Of(TaskCommentCard comment) =>
        Rendered.GetOrCreate(
            (comment.Id, comment.UpdatedAt),
            entry =>
            {
                var html = ProseHtml.Render(comment.Content);
                (entry.Size, entry.SlidingExpiration) = (html.Length, Kept);
                return html;
            }
        )!;
}
