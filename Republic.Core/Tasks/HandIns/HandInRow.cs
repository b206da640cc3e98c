using Republic.Core.Chats.Messages;

namespace Republic.Core.Tasks.HandIns;

/// <summary>A hand-in as a row of training data: the task is the question, its result the answer.</summary>
internal sealed record HandInRow(string Prompt, string Completion)
{
    /// <param name="reason">What had to change, where an earlier result was sent back.</param>
    /// <param name="isCited">Whether numbers in brackets lead to passages, and are left out.</param>
    public static HandInRow Of(string title, string? description, string? reason, string answer, bool isCited)
    {
        List<string> parts = [title, description ?? ""];
        if (!string.IsNullOrWhiteSpace(reason))
        {
            parts.Add($"What must change: {reason.Trim()}");
        }

        var asked = string.Join("\n\n", parts.Select(part => part.Trim()).Where(part => part.Length > 0));
        return new(Lines(asked), Lines(isCited ? PlainWords.Uncited(answer) : answer).Trim());
    }

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
