using System.Text;

namespace Republic.Core.Minions.Profiles;

/// <summary>“Zoë’s Planner” becomes <c>zoe-s-planner</c>.</summary>
public static class Slug
{
    private const int MaxLength = 48;

    // The app runs without culture data, so that Unicode's own decomposition is not there.
    private static readonly Dictionary<char, string> Plain = MakePlain(
        "a:àáâãäåāăą c:çćĉċč d:ďđð e:èéêëēĕėęě g:ĝğġģ h:ĥħ i:ìíîïĩīĭįı j:ĵ k:ķ l:ĺļľŀł n:ñńņňŋ o:òóôõöøōŏő r:ŕŗř s:śŝşšș t:ţťŧț "
            + "u:ùúûüũūŭůűų w:ŵ y:ýÿŷ z:źżž ae:æ oe:œ ss:ß th:þ"
    );

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
            else if (Plain.TryGetValue(small, out var plain))
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

    private static Dictionary<char, string> MakePlain(string table) =>
        table
            .Split(' ')
            .Select(row => row.Split(':'))
            .SelectMany(row => row[1].Select(letter => (letter, row[0])))
            .ToDictionary(pair => pair.letter, pair => pair.Item2);
}
