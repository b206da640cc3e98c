using Republic.Core.Answering;
using Republic.Core.Tasks.Work;

namespace Republic.Core.Tasks.Conversations;

/// <summary>A task in short, for the minion of a conversation about it.</summary>
internal static class TaskSummary
{
    private const string Gap = "\n\n";
    private const int LongestComment = 300;

    /// <param name="comments">The newest first: what has no room is the oldest.</param>
    /// <param name="length">The most characters.</param>
    public static string Of(WorkTask task, IReadOnlyList<TaskSaid> comments, int length)
    {
        var head = $"T-{task.Number} {PromptDelimiter.CleanLine(task.Title)}\nState: {TaskWords.Of(task.Status)}";
        var left = length - head.Length;
        List<string> parts = [head];
        if (task.Description is { Length: > 0 } description)
        {
            var text = Cut(PromptDelimiter.Clean(description), (comments.Count > 0 ? left / 2 : left) - Gap.Length);
            parts.Add(text);
            left -= Gap.Length + text.Length;
        }

        var beginning = parts.Count;
        foreach (var comment in comments)
        {
            var (author, words) = (PromptDelimiter.CleanLine(comment.Author), PromptDelimiter.CleanLine(comment.Text));
            var text = Cut($"{author}, {comment.Kind}: {words}", LongestComment);
            left -= Gap.Length + text.Length;
            if (left < 0)
            {
                break;
            }

            parts.Insert(beginning, text);
        }

        return string.Join(Gap, parts).AtMost(length);
    }

    private static string Cut(string text, int length) =>
        text.Length <= length ? text
        : length > 0 ? $"{text.AtMost(length - 1)}…"
        : "";
}
