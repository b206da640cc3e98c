namespace Republic.Core.Scenarios;

/// <summary>Finds the word that was meant.</summary>
internal static class Spelling
{
    private const int Longest = 40;

    /// <summary>Whether at most two letters, and less than half of the word, have to be changed, added or left out.</summary>
    public static bool IsNear(string word, string written) =>
        written.Length <= Longest && Math.Min(2, (word.Length - 1) / 2) >= Distance(word, written);

    // Levenshtein's, a row of the table at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
