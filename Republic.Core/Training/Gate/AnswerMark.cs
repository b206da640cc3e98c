namespace Republic.Core.Training.Gate;

/// <summary>A verdict of a person or a judge on a lost answer, beside the one before.</summary>
/// <param name="IsAsGood">It is as good as before, or better; else worse.</param>
/// <param name="Reason">Of a judge, in a sentence; null where the person marked it.</param>
/// <param name="Judge">The name of the minion that judged; null where the person did.</param>
public sealed record AnswerMark(bool IsAsGood, string? Reason = null, string? Judge = null);
