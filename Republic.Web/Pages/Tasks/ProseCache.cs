using Microsoft.Extensions.Caching.Memory;
using Republic.Core.Chats.Prose;
using Republic.Core.Tasks.Details;

namespace Republic.Web.Pages.Tasks;

/// <summary>
/// Texts of tasks as HTML. Pages that are open fetch all that they show at every change of a task, and guests and minions write what takes
/// long to render: each text is rendered once while somebody looks at it, also where many ask for it at the same moment.
/// </summary>
internal static class ProseCache
{
    /// <summary>Of texts, as how long their HTML gets is not known before: of a table it can be twenty times as long.</summary>
    private const long MostCharacters = 4_000_000;

    /// <summary>What an entry takes besides its text, in characters.</summary>
    private const int Overhead = 500;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private static readonly MemoryCache Texts = new(new MemoryCacheOptions { SizeLimit = MostCharacters });
    private static readonly Lock Gate = new();

    public static RenderedProse Of(TaskCommentCard comment) => Of(comment.Id, comment.Content);

    /// <param name="id">Whose text it is: where another has the same one, nobody learns of that by how fast it is there.</param>
    public static RenderedProse Of(Guid id, string text, Citations? citations = null)
    {
        // The cache alone would have all who ask at once make one each. What takes long is done outside of the lock.
        lock (Gate)
        {
            return Texts.GetOrCreate(
                (id, text, citations),
                entry =>
                {
                    (entry.Size, entry.SlidingExpiration) = (text.Length + Overhead, Kept);
                    return new RenderedProse(text, citations);
                }
            )!;
        }
    }
}
