using Republic.Core.Chats.Messages;
using Republic.Core.Citizens;

namespace Republic.Core.Chats.Conversations;

/// <summary>What the answers of a branch cost together.</summary>
/// <param name="Unknown">How many of them have a cost that is not known.</param>
/// <param name="Known">The sum of the others, in dollars.</param>
/// <param name="IsEstimate">Some of it is worked out from what was sent, because a provider did not count.</param>
public sealed record AnswerCosts(int Answers, int Unknown, decimal Known, bool IsEstimate)
{
    public static AnswerCosts Of(IEnumerable<MessageRow> messages)
    {
        var answers = messages.Where(m => m.Author.Kind == CitizenKind.Minion && !m.IsBeingWritten).ToList();
        return new(answers.Count, answers.Count(m => m.Cost is null), answers.Sum(m => m.Cost ?? 0), answers.Exists(m => m.IsEstimate));
    }

    public AnswerCosts And(AnswerCosts more) =>
        new(Answers + more.Answers, Unknown + more.Unknown, Known + more.Known, IsEstimate || more.IsEstimate);
}
