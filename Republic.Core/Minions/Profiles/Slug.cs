using System.Text;

namespace Republic.Core.Minions.Profiles;

/// <summary>“Zoë’s Planner” becomes <c>zoe-s-planner</c>.</summary>
public static class Slug
{
    private const int MaxLength = 48;

    public static string Of(string? text)
    {
        var slug = new StringBuilder(MaxLength);
        foreach (var letter in text ?? "")
        {
            var small = char.ToLowerInvariant(letter);
            if (char.IsAsciiLetterOrDigit(small))
            {
                slug.Append(small);
            }
            else if (PlainLetters.Of(small) is { } plain)
            {
                slug.Append(plain);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var made = slug.ToString(0, Math.Min(slug.Length, MaxLength)).Trim('-');
        return made.Length == 0 ? "minion" : made;
    }
}
