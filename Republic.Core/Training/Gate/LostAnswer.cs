namespace Republic.Core.Training.Gate;

/// <summary>An answer that the version before could give and the new one no longer gives.</summary>
/// <param name="Prompt">The question as a person wrote it.</param>
/// <param name="Kind">general, domain (of the base model) or chats (of the minion itself).</param>
/// <param name="Before">The reference: what the version before answered.</param>
/// <param name="After">What the new version answers to the same prompt: of its tries that say something else a broken one, else the first.</param>
/// <param name="Reason">Why it counts as lost, as half a sentence for people ("repeats itself until it is cut off").</param>
/// <param name="IsDegenerate">One of its tries loops, never ends, is empty, or holds text that the version before would not write.</param>
public sealed record LostAnswer(string Prompt, string Kind, string Before, string After, string Reason, bool IsDegenerate)
{
    /// <summary>
    /// By how much <see cref="Retention.Kept"/> grows where this one is as good as before, about 0.5 to 1. Reports from before answers could be
    /// marked have a half.
    /// </summary>
    public double Missing { get; init; } = 0.5;

    /// <summary>The verdict of a person or a judge; null where there is none.</summary>
    public AnswerMark? Mark { get; init; }

    /// <summary>It counts as kept, since it was found as good. A broken answer never is.</summary>
    public bool IsAsGood() => Mark is { IsAsGood: true } && !IsDegenerate;
}
