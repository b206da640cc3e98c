namespace Republic.Core.Interactions.PersonalData.Finding.Keys;

internal static class SecretValue
{
    private const int Shortest = 10;
    private const int MostCounted = 256;
    private const double FewestBits = 3;
    private const int MostDigitsOfWord = 2;

    /// <summary>True for at least ten characters, letters and digits among them, of at least three bits each (Shannon), and not words alone.</summary>
    public static bool LooksRandom(ReadOnlySpan<char> value) =>
        value.Length >= Shortest
        && value[0] is not ('$' or '%')
        && value.ContainsAnyInRange('0', '9')
        && (value.ContainsAnyInRange('a', 'z') || value.ContainsAnyInRange('A', 'Z'))
        && !IsWords(value)
        && BitsOf(value[..Math.Min(value.Length, MostCounted)]) >= FewestBits;

    /// <summary>True for names of code such as <c>settings.tokens.main_2</c>, each of letters with at most two digits behind them.</summary>
    private static bool IsWords(ReadOnlySpan<char> value)
    {
        foreach (var part in value.SplitAny('.', '_', '-', '/', ':'))
        {
            var word = value[part];
            var digits = word.Length - word.TrimEnd("0123456789").Length;
            if (digits > MostDigitsOfWord || !IsOfLetters(word[..^digits]))
                return false;
        }
        return true;
    }

    private static bool IsOfLetters(ReadOnlySpan<char> word)
    {
        foreach (var character in word)
        {
            if (!char.IsLetter(character))
                return false;
        }
        return true;
    }

    private static double BitsOf(ReadOnlySpan<char> value)
    {
        Dictionary<char, int> counts = [];
        foreach (var character in value)
            counts[character] = counts.GetValueOrDefault(character) + 1;
        var length = (double)value.Length;
        return -counts.Values.Sum(count => count / length * Math.Log2(count / length));
    }
}
