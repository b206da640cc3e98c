namespace Republic.Core.Interactions.PersonalData.Finding.Keys;

/// <summary>The shape that the keys of one issuer have.</summary>
/// <param name="Others">What may stand in them beside letters and digits.</param>
internal sealed record KeyShape(string Prefix, int Shortest, string Others = "", int Longest = int.MaxValue)
{
    private const int Sample = 64;
    private const int ShortestRun = 10;

    /// <returns>Where the key ends that begins with the prefix at this place; 0 where none does.</returns>
    public int EndIn(ReadOnlySpan<char> text, int start)
    {
        var from = start + Prefix.Length;
        // Judged by its beginning alone, so that a long text of prefixes is not read anew from each.
        var sample = text[from..Math.Min(text.Length, from + Sample)];
        var body = sample[..CharacterClass.EndOfRun(sample, 0, Others)];
        if (body.Length < Shortest || !LooksRandom(body))
            return 0;
        var rest = Longest < text.Length - from ? text[..(from + Longest + 1)] : text;
        var end = CharacterClass.EndOfRun(rest, from, Others);
        return end - from > Longest ? 0 : from + text[from..end].TrimEnd('.').Length;
    }

    /// <summary>Tells a key from words joined by hyphens: in a key, somewhere ten letters and digits stand together that mix digits or both cases.</summary>
    private static bool LooksRandom(ReadOnlySpan<char> body)
    {
        for (var start = 0; start < body.Length; start++)
        {
            var run = body[start..CharacterClass.EndOfRun(body, start, "")];
            if (run.Length >= ShortestRun && IsMixed(run))
                return true;
            start += run.Length;
        }
        return false;
    }

    private static bool IsMixed(ReadOnlySpan<char> run) =>
        run.ContainsAnyInRange('0', '9') || (run.ContainsAnyInRange('a', 'z') && run.ContainsAnyInRange('A', 'Z'));
}
