namespace Republic.Sprout.Exams;

/// <summary>A chat in which the model's own answers become its history.</summary>
internal sealed record ExamChat(ExamIntroduction Minion, IReadOnlyList<ExamChat.Step> Steps)
{
    /// <param name="Reply">What Republic answers by itself; null: the model is asked.</param>
    public sealed record Step(string Kind, string Question, string? Reply, Func<string, bool> IsRight);
}
