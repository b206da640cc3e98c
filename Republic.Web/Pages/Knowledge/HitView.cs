using System.Globalization;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Retrieval;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Knowledge;

/// <summary>A passage that was found, with what led to it.</summary>
/// <param name="Text">With the question's words marked.</param>
/// <param name="Fate">Whether an answer would be given it.</param>
/// <param name="IsGiven">It would.</param>
/// <param name="Collection">Null where only one is searched.</param>
public sealed record HitView(
    PassageHit Hit,
    IReadOnlyList<(MarkedText Text, bool IsCode)> Text,
    string Fate,
    bool IsGiven,
    string? Collection
)
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public string Address => $"/knowledge/{Hit.CollectionId}/documents/{Hit.DocumentId}?passage={Hit.PassageId}#p-{Hit.PassageId}";

    public string ByWords =>
        Hit.LexicalRank is { } rank ? $"{Place(rank)}, with {Percent(Hit.WordShare)} of the question’s words by weight"
        : Hit.WordShare is > 0 ? $"not among the first, with {Percent(Hit.WordShare)} of the question’s words by weight"
        : "not found: it holds none of the question’s words";

    /// <summary>Null where nothing was searched by meaning.</summary>
    public string? ByMeaning =>
        Hit.SemanticRank is { } rank ? $"{Place(rank)}, similarity {Score(Hit.Similarity)}"
        : Hit.Similarity is not null ? $"not among the first, similarity {Score(Hit.Similarity)}"
        : null;

    public static string Score(double? score) => score is { } given ? given.ToString("0.00", Culture) : "–";

    /// <summary>Cuts a text that <see cref="HitMarks"/> marked into its parts. No mark goes over the end of a line, or of code.</summary>
    public static IReadOnlyList<(MarkedText Text, bool IsCode)> Parts(string marked)
    {
        return [.. CodePart.Of(marked, 0, marked.Length, CodePart.Places(marked)).Select(part => (Marked(part.Text), part.IsCode))];
    }

    private static MarkedText Marked(string marked)
    {
        var parts = new List<DiffPart>();
        var isMarked = false;
        foreach (var part in marked.Split(HitMarks.Begin, HitMarks.End))
        {
            if (part.Length > 0)
            {
                parts.Add(new DiffPart(part, isMarked));
            }

            isMarked = !isMarked;
        }

        return new MarkedText(parts);
    }

    private static string Place(int rank) =>
        rank switch
        {
            1 => "1st",
            2 => "2nd",
            3 => "3rd",
            _ => $"{rank.ToString(Culture)}th",
        };

    private static string Percent(double? share) => $"{((share ?? 0) * 100).ToString("0", Culture)} %";
}
