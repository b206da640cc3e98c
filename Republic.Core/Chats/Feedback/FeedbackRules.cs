using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Messages;

namespace Republic.Core.Chats.Feedback;

public static class FeedbackRules
{
    /// <summary>A score above this is a good answer: it earns experience and may be learned from.</summary>
    public const double GoodAbove = 0.7;

    /// <summary>A score below this is a bad answer. What lies between is neither.</summary>
    public const double BadBelow = 0.5;

    /// <summary>The longest correction, which is as long as a learned answer may be.</summary>
    public const int LongestCorrection = 10_000;

    public const int LongestComment = 2000;

    /// <summary>The number of a minion's good answers that earn experience on one day, in UTC.</summary>
    public const int ExperienceADay = 20;

    /// <summary>True for an answer that has text and will get no more.</summary>
    public static bool IsFinished(TurnState state, string content) =>
        content.Length > 0 && state is TurnState.Complete or TurnState.Stopped or TurnState.Interrupted;
}
