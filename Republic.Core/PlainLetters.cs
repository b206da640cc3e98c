namespace Republic.Core;

/// <summary>Latin letters with accents and the like as letters from a to z.</summary>
internal static class PlainLetters
{
    // The app runs without culture data, so that Unicode's own decomposition is not there.
    private static readonly Dictionary<char, string> Plain = MakePlain(
        "a:àáâãäåāăą c:çćĉċč d:ďđð e:èéêëēĕėęě g:ĝğġģ h:ĥħ i:ìíîïĩīĭįı j:ĵ k:ķ l:ĺļľŀł n:ñńņňŋ o:òóôõöøōŏő r:ŕŗř s:śŝşšș t:ţťŧț "
            + "u:ùúûüũūŭůűų w:ŵ y:ýÿŷ z:źżž ae:æ oe:œ ss:ß th:þ"
    );

    /// <param name="letter">A small one.</param>
    /// <returns>One letter or two; null for one that is no such letter.</returns>
    public static string? Of(char letter) => Plain.GetValueOrDefault(letter);

    private static Dictionary<char, string> MakePlain(string table) =>
        table
            .Split(' ')
            .Select(row => row.Split(':'))
            .SelectMany(row => row[1].Select(letter => (letter, row[0])))
            .ToDictionary(pair => pair.letter, pair => pair.Item2);
}
