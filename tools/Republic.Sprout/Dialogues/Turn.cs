namespace Republic.Sprout.Dialogues;

/// <summary>One turn of a dialogue.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
internal sealed record Turn(string Role, string Text)
{
    public const string System = "system";
    public const string User = "user";
    public const string Assistant = "assistant";

    /// <summary>Said in the minion's name by Republic itself: a model finds it in its history and does not learn it.</summary>
    public bool IsGiven { get; init; }

    /// <summary>An unrequested opening of the answer. It carries no loss; the text after it does.</summary>
    public string Opening { get; init; } = "";

    /// <summary>An unrequested closing of the answer, without loss as well.</summary>
    public string Closing { get; init; } = "";
}
