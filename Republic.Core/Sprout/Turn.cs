namespace Republic.Core.Sprout;

/// <summary>One turn of a dialogue.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
internal sealed record Turn(string Role, string Text)
{
    public const string System = "system";
    public const string User = "user";
    public const string Assistant = "assistant";

    /// <summary>Said in the minion's name by Republic itself: a model finds it in its history and does not learn it.</summary>
    public bool IsGiven { get; init; }

    /// <summary>What the answer begins with and nobody asked for: it is found there and not learned, what comes behind it is.</summary>
    public string Opening { get; init; } = "";

    /// <summary>The same at its end.</summary>
    public string Closing { get; init; } = "";
}
