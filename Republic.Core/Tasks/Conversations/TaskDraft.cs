using Republic.Core.Chats.Messages;

namespace Republic.Core.Tasks.Conversations;

/// <summary>A task as far as a message says what it is.</summary>
/// <param name="Title">Empty where the message begins with no words.</param>
/// <param name="Description">The message as a quotation.</param>
/// <param name="Minion">Who could do it: the minion of the chat.</param>
public sealed record TaskDraft(string Title, string Description, Guid? Minion)
{
    // What is shorter ends with a point as "1." and "e.g." do.
    private const int ShortestSentence = 20;

    internal static TaskDraft Of(string text, Guid? minion) => new(TitleOf(text), Quoted(text), minion);

    /// <summary>The first sentence of the first line with words.</summary>
    private static string TitleOf(string text) =>
        text.ReplaceLineEndings("\n")
            .Split('\n')
            .Where(line => !line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            .Select(line => PlainWords.OneLine(FirstSentence(line.Trim()), TaskRules.LongestTitle))
            .FirstOrDefault(line => line.Any(char.IsLetterOrDigit))
        ?? "";

    private static string FirstSentence(string line)
    {
        for (var i = ShortestSentence; i < line.Length - 1; i++)
        {
            if (line[i] is '。' or '！' or '？' || (line[i] is '.' or '!' or '?' && char.IsWhiteSpace(line[i + 1])))
            {
                return line[..(i + 1)];
            }
        }

        return line;
    }

    private static string Quoted(string text)
    {
        var kept = string.Concat(text.ReplaceLineEndings("\n").Where(letter => letter is '\n' or '\t' || !char.IsControl(letter)));
        var quoted = string.Join('\n', kept.Trim().Split('\n').Select(line => $"> {line}".TrimEnd()));
        return quoted.Length <= TaskRules.LongestText ? quoted : $"{quoted.AtMost(TaskRules.LongestText - 1)}…";
    }
}
