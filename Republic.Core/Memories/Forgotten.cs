namespace Republic.Core.Memories;

/// <param name="Gone">What was forgotten; none where it could not be told what was meant.</param>
/// <param name="Like">Then, what it may have been.</param>
public sealed record Forgotten(IReadOnlyList<string> Gone, IReadOnlyList<string> Like)
{
    /// <summary>As the minion says it.</summary>
    public string Answer =>
        Gone.Count > 0 ? $"I have forgotten it: {Quoted(Gone)} What you said of it in a chat stays there until you delete the chat."
        : Like.Count > 1
            ? $"I am not sure which of these you mean, so I have forgotten none of them: {Quoted(Like)} Repeat it exactly as it is written here."
        : Like.Count == 1 ? $"I remember nothing that says just this, so I have forgotten nothing. This comes near: {Quoted(Like)}"
        : "I remember nothing like that, so there is nothing to forget.";

    private static string Quoted(IReadOnlyList<string> contents) => string.Join(" ", contents.Select(content => $"“{content}”"));
}
