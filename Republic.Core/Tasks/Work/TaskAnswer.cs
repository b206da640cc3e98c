namespace Republic.Core.Tasks.Work;

/// <summary>What a minion answered to a task: a result, or what it needs before it can go on.</summary>
/// <param name="Text">Without the word that says so.</param>
internal sealed record TaskAnswer(bool IsNeed, string Text)
{
    /// <summary>Begins the first line of an answer that asks for something.</summary>
    public const string Needs = "NEEDS:";

    /// <param name="from">Where what was said behind the last tool call begins: what came before it told only what the minion was about to do.</param>
    public static TaskAnswer Of(string answer, int from = 0)
    {
        var last = answer[Math.Min(from, answer.Length)..].Trim();
        var text = last.Length > 0 ? last : answer.Trim();
        // Models like to print such a word in bold, or as a heading.
        var line = text.TrimStart('*', '_', '#', '>', '`', ' ');
        if (!line.StartsWith(Needs, StringComparison.OrdinalIgnoreCase))
        {
            return new(false, text);
        }

        var need = line[Needs.Length..].TrimStart('*', '_', '`', ' ').Trim();
        return new(true, need.Length > 0 ? need : "It cannot go on, and did not say what it needs.");
    }
}
