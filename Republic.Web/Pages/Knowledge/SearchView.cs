using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Knowledge;

/// <summary>What a search found, as its page shows it: first what an answer would be given.</summary>
/// <param name="Given">What a minion answers from.</param>
/// <param name="Others">Found too, but they fit less.</param>
/// <param name="HasModel">Some collection that was searched has an embedding model.</param>
public sealed record SearchView(SearchAnswer Answer, IReadOnlyList<HitView> Given, IReadOnlyList<HitView> Others, bool HasModel)
{
    public string Sentence =>
        (Given.Count, Others.Count) switch
        {
            (0, 0) => "Nothing was found.",
            (0, _) => "No passage fits well enough: a minion would say that it does not know.",
            _ => $"A minion would answer from {Figures.Count(Given.Count, "passage")}.",
        };

    public string Times =>
        Answer.SemanticMs is { } semantic
            ? $"Searched by words in {Figures.Seconds(Answer.LexicalMs)} and by meaning in {Figures.Seconds(semantic)}."
        : HasModel ? $"Searched by words alone, in {Figures.Seconds(Answer.LexicalMs)}."
        : $"Searched by words alone, in {Figures.Seconds(Answer.LexicalMs)}: no embedding model is chosen.";

    /// <summary>What was in the way of searching by meaning; null where nothing was, or nobody wanted it.</summary>
    public string? Trouble => HasModel ? Answer.LexicalAlone : null;

    public string Rest => Figures.Count(Others.Count, "passage that fits less", "passages that fit less");

    /// <param name="collections">Those that were searched.</param>
    public static SearchView Of(SearchAnswer answer, IReadOnlyDictionary<Guid, string> marked, IReadOnlyList<CollectionCard> collections)
    {
        var byId = collections.ToDictionary(collection => collection.Id);
        var given = SelectedHits.Of(answer.Hits, id => byId[id].Retrieval).Select(hit => hit.PassageId).ToHashSet();
        var all = answer.Hits.Select(hit => new HitView(
            hit,
            HitView.Parts(marked.GetValueOrDefault(hit.PassageId, hit.Text)),
            given.Contains(hit.PassageId) ? "Given to a minion" : Missed(hit, byId[hit.CollectionId].Retrieval),
            given.Contains(hit.PassageId),
            collections.Count > 1 ? byId[hit.CollectionId].Name : null
        ));
        return new SearchView(
            answer,
            [.. all.Where(hit => hit.IsGiven)],
            [.. all.Where(hit => !hit.IsGiven)],
            collections.Any(collection => collection.Embedding is not null)
        );
    }

    private static string Missed(PassageHit hit, RetrievalSettings settings) =>
        hit.Score < settings.Threshold
            ? $"Below the least score, {HitView.Score(settings.Threshold)}"
            : $"Beyond the {settings.Limit} that a minion is given";
}
