using Republic.Core.Answering.Traces;
using Republic.Core.Help;
using Republic.Core.Knowledge;

namespace Republic.Core.Answering.Stages;

/// <summary>Passages of help for a question about Republic, where the minion reads help. Only its own person gets them, in a chat.</summary>
internal sealed record HelpReading(string Query, IReadOnlyList<CitedPassage> Passages)
{
    /// <summary>A share of words counts as it does in the search of collections.</summary>
    private const double ScoreOfAllWords = 0.6;

    /// <returns>Null where help is not read, or has nothing on the question.</returns>
    public static HelpReading? Of(PipelineOrder order) =>
        QueryPlanner
            .Of(order.Turns, order.Name, KnowledgeSearch.MaxQuery)
            .Queries.Select(query => new HelpReading(query, Find(order, query)))
            .FirstOrDefault(reading => reading.Passages.Count > 0);

    public static IReadOnlyList<CitedPassage> Find(PipelineOrder order, string query) =>
        order.Pipeline is { Knowledge: true, Help: true } && order.Call is { Audience: AnswerAudience.Owner, Collections: null }
            ? [.. HelpSearch.Answer(query).Select(Cited)]
            : [];

    private static CitedPassage Cited(HelpHit hit) =>
        new(0, Guid.Empty, Guid.Empty, Guid.Empty, $"{HelpPages.Name} › {hit.Section.Path}", hit.Text, hit.Share * ScoreOfAllWords)
        {
            Address = hit.Section.Address,
        };
}
