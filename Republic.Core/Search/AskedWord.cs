using Republic.Core.Search.Words;

namespace Republic.Core.Search;

/// <param name="IsBeginning">Whatever begins so is meant.</param>
internal sealed record AskedWord(string Text, bool IsBeginning)
{
    public bool IsHeldBy(TextWord word) =>
        IsBeginning ? word.Text.StartsWith(Text, StringComparison.Ordinal) : word.Text.Equals(Text, StringComparison.Ordinal);

    /// <summary>As a <c>tsquery</c>.</summary>
    public override string ToString() => IsBeginning ? $"{Quoted(Text)}:*" : Quoted(Text);

    public static string Quoted(string word) =>
        $"'{word.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
