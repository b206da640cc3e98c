namespace Republic.Core.Tasks.Work;

/// <summary>What a minion answered to a task: a result, or what it needs before it can go on.</summary>
/// <param name="Text">Without the word that says so.</param>
internal sealed record TaskAnswer(bool IsNeed, string Text)
{
    /// <summary>Begins the first line of an answer that asks for something.</summary>
    public const string Needs = "NEEDS:";

    public static TaskAnswer Of(string answer)
    {
        var text = answer.Trim();
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
