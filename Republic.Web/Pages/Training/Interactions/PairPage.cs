using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Interactions;

namespace Republic.Web.Pages.Training.Interactions;

/// <summary>A page of the pairs that may be learned, or of those that are left out for one reason.</summary>
/// <param name="Count">On all pages.</param>
/// <param name="Start">How many stand before <paramref name="Rows"/>.</param>
public sealed record PairPage(int Count, int Start, IReadOnlyList<InteractionPair> Rows)
{
    public const int PageSize = 20;

    /// <summary>Longest text shown of an answer that is left out, in characters.</summary>
    private const int MaxShown = 1000;

    public static async Task<PairPage> ReadAsync(RepublicDb db, InteractionSet set, PairRefusal? left, int from, CancellationToken ct)
    {
        IReadOnlyList<InteractionPair> all = left switch
        {
            null => set.Eligible,
            // Whose chats do not teach are not read.
            PairRefusal.NotOptedIn => [],
            { } reason => [.. set.Pairs.Where(pair => pair.Refusal == reason)],
        };
        var start = Math.Clamp(from, 0, Math.Max(all.Count - 1, 0)) / PageSize * PageSize;
        return new(all.Count, start, await WithTextsAsync(db, [.. all.Skip(start).Take(PageSize)], ct));
    }

    /// <summary>The texts of what is left out were not read with all others: their beginnings tell what it is.</summary>
    private static async Task<IReadOnlyList<InteractionPair>> WithTextsAsync(
        RepublicDb db,
        List<InteractionPair> pairs,
        CancellationToken ct
    )
    {
        var unread = pairs.Where(pair => pair.Hash.Length == 0).Select(pair => pair.MessageId).ToList();
        var texts = await db
            .Messages.Where(answer => unread.Contains(answer.Id))
            .Join(
                db.Messages,
                answer => answer.ParentId,
                question => question.Id,
                (answer, question) =>
                    new
                    {
                        answer.Id,
                        Question = question.Content.Substring(0, MaxShown),
                        Answer = answer.Content.Substring(0, MaxShown),
                    }
            )
            .ToDictionaryAsync(pair => pair.Id, ct);
        return pairs.ConvertAll(pair =>
            texts.TryGetValue(pair.MessageId, out var text) ? pair with { Instruction = text.Question, Response = text.Answer } : pair
        );
    }
}
