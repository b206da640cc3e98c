using Microsoft.Extensions.AI;
using Republic.Core.Answering.Traces;
using Republic.Core.Help;
using Republic.Core.Knowledge;

namespace Republic.Core.Answering.Stages;

/// <summary>Passages of help for a question about Republic, where the minion reads help. Only its own person gets them, in a chat.</summary>
internal sealed record HelpResult(string Query, IReadOnlyList<CitedPassage> Passages)
{
    /// <summary>A share of words counts as it does in the search of collections.</summary>
    private const double ScoreOfAllWords = 0.6;

    /// <returns>Null where help is not read, or has nothing on the question.</returns>
    public static HelpResult? Of(PipelineOrder order)
    {
        // What was asked before may come before the question, and never in its place: its answer was given.
        var question = order.Turns.LastOrDefault(turn => turn.Role == ChatRole.User)?.Text.Trim() ?? "";
        return QueryPlanner
            .Of(order.Turns, order.Name, KnowledgeSearch.MaxQuery)
            .Queries.Where(query => query.EndsWith(question, StringComparison.Ordinal))
            // Help knows some of its subjects by words that name none elsewhere: a name, a skill, what is remembered.
            .Append(question)
            .Select(query => new HelpResult(query, Find(order, query)))
            .FirstOrDefault(reading => reading.Passages.Count > 0);
    }

    public static IReadOnlyList<CitedPassage> Find(PipelineOrder order, string query) =>
        query.Length <= KnowledgeSearch.MaxQuery
        && order.Pipeline is { Knowledge: true, Help: true }
        && order.Call is { Audience: AnswerAudience.Owner, Collections: null }
            ? [.. HelpAnswers.To(query).Select(Cited)]
            : [];

    private static CitedPassage Cited(HelpAnswer answer) =>
        new(0, Guid.Empty, Guid.Empty, Guid.Empty, $"{HelpPages.Name} › {answer.Section.Path}", answer.Text, answer.Fit * ScoreOfAllWords)
        {
            Address = answer.Section.Address,
        };
}
