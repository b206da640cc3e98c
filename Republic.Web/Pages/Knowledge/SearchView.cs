using Republic.Core.Knowledge;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Knowledge;

/// <summary>What a search found, as its page shows it.</summary>
public sealed record SearchView(SearchAnswer Answer, IReadOnlyList<HitView> Hits)
{
    public string Sentence =>
        Hits.Count == 0 ? "Nothing was found."
        : Given == 0 ? $"{Found}, and none fits well enough: a minion would say that it does not know."
        : $"{Found}. An answer would be given {(Given == Hits.Count ? Given == 1 ? "it" : "all of them" : $"{Given} of them")}.";

    public string Times =>
        Answer.SemanticMs is { } semantic
            ? $"By words in {Figures.Seconds(Answer.LexicalMs)}, by meaning in {Figures.Seconds(semantic)}."
            : $"By words in {Figures.Seconds(Answer.LexicalMs)}.";

    private int Given => Hits.Count(hit => hit.IsGiven);

    private string Found => Figures.Count(Hits.Count, "passage was found", "passages were found");

    /// <param name="collections">Those that were searched.</param>
    public static SearchView Of(SearchAnswer answer, IReadOnlyDictionary<Guid, string> marked, IReadOnlyList<CollectionCard> collections)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var given = collections.ToDictionary(collection => collection.Id, _ => 0);
        var hits = new List<HitView>();
        foreach (var hit in answer.Hits)
        {
            var collection = collections.Single(c => c.Id == hit.CollectionId);
            var (fits, hasRoom) = (hit.Score >= collection.Retrieval.Threshold, given[collection.Id] < collection.Retrieval.Limit);
            given[collection.Id] += fits && hasRoom ? 1 : 0;
            hits.Add(
                new HitView(
                    hit,
                    HitView.Parts(marked.GetValueOrDefault(hit.PassageId, hit.Text)),
                    !fits ? $"Below the threshold of {HitView.Score(collection.Retrieval.Threshold)}"
                        : hasRoom ? "An answer is given it"
                        : $"Beyond the {collection.Retrieval.Limit} that an answer is given",
                    fits && hasRoom,
                    collections.Count > 1 ? collection.Name : null
                )
            );
        }

        return new SearchView(answer, hits);
    }
}
