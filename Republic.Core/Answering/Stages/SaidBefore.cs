using Microsoft.Extensions.AI;
using Republic.Core.Knowledge;
using Republic.Core.Memories.Learning;
using Republic.Core.Memories.Recall;

namespace Republic.Core.Answering.Stages;

/// <summary>The statements in the earlier messages of the person who asks. They may answer what no document and no memory does.</summary>
internal static class SaidBefore
{
    private const int MostTurns = 50;
    private const int ShortestTold = 6;

    /// <summary>So much of what the question names is in a statement that is about it.</summary>
    private const double LeastShare = 0.5;

    /// <summary>
    /// Statements of the person about themselves that are about the question, the newest first: none that a newer one contradicts, and none
    /// from before an order to forget.
    /// </summary>
    /// <param name="anything">Also what is not worth remembering: everything that the person told.</param>
    public static IReadOnlyList<RecalledMemory> Of(PipelineOrder order, bool anything = false)
    {
        List<RecalledMemory> found = [];
        foreach (
            var turn in Earlier(order).TakeWhile(turn => !IsToForget(turn.Text)).Where(turn => !FactExtractor.IsNotToBeKept(turn.Text))
        )
        {
            foreach (var told in Told(turn.Text, anything).Where(told => IsAbout(order.Question, told)))
            {
                var statement = Statement.Of(told);
                if (
                    !found.Exists(newer =>
                        Statement.Of(newer.Content) is var said && (said.Contradicts(statement) || said.Repeats(statement))
                    )
                )
                {
                    found.Add(
                        new RecalledMemory(Id: null, told, Fits: true)
                        {
                            ConversationId = order.Call.Conversation,
                            MessageId = Guid.TryParse(turn.MessageId, out var message) ? message : null,
                        }
                    );
                }
            }
        }

        return found;
    }

    /// <summary>A statement is about the question, so that a model that reads the chat may know the answer.</summary>
    public static bool MayAnswer(PipelineOrder order) =>
        Earlier(order)
            .SelectMany(turn => FactExtractor.Parts(turn.Text))
            .Any(part => IsAbout(order.Question, part) && (PlainTelling.Is(part) || FactExtractor.In(part).Count > 0));

    private static IEnumerable<string> Told(string message, bool anything)
    {
        var facts = FactExtractor.In(message).Select(fact => fact.Content);
        return anything
            ? facts.Concat(FactExtractor.Parts(message).Where(part => part.Length >= ShortestTold && PlainTelling.IsOfSomebody(part)))
            : facts;
    }

    /// <summary>The newest first. A long one is a document rather than something said.</summary>
    private static IEnumerable<ChatMessage> Earlier(PipelineOrder order) =>
        order
            .Turns.SkipLast(1)
            .Where(turn => turn.Role == ChatRole.User && turn.Text.Length <= KnowledgeSearch.MaxQuery)
            .Reverse()
            .Take(MostTurns);

    private static bool IsToForget(string message) => ForgettingOrder.In(message) is not null || MemoryCommands.ForgetsAll(message);

    private static bool IsAbout(string question, string statement) => Recollection.FitOf(question, statement) >= LeastShare;
}
