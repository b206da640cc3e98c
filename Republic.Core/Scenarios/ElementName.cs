namespace Republic.Core.Scenarios;

/// <summary>The name of a state, a role or a fact as people read it.</summary>
public static class ElementName
{
    /// <summary><c>review_the_change</c> is "Review the change".</summary>
    public static string Of(string name)
    {
        var words = name.Replace('_', ' ').Trim();
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
