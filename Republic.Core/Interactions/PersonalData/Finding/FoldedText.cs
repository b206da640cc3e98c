namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>
/// A text as the finders read it: characters that look alike are folded into one. Each folded character knows the span of the text that it
/// stands for: two characters may be folded into one (a letter and its accent), or three (<c>%40</c>), and some are left out (a soft
/// hyphen).
/// </summary>
internal sealed class FoldedText
{
    private const string EncodedAt = "%40";
    private const char FirstFullWidth = '\uFF01';
    private const char LastFullWidth = '\uFF5E';

    private readonly char[] characters;
    private readonly int[] starts;
    private readonly int[] ends;
    private int length;

    private FoldedText(string text)
    {
        characters = new char[text.Length];
        starts = new int[text.Length];
        ends = new int[text.Length];
        for (var at = 0; at < text.Length; )
            at = Read(text, at);
        MarkdownEmphasis.ToAsterisks(Characters);
    }

    public Span<char> Characters => characters.AsSpan(0, length);

    public static FoldedText Of(string text) => new(text);

    /// <summary>The span of the text that a span of the folded text stands for.</summary>
    public TextSpan Unfold(TextSpan folded)
    {
        var start = starts[folded.Start];
        return new TextSpan(start, ends[folded.Start + folded.Length - 1] - start);
    }

    /// <summary>Folds the character at an index.</summary>
    /// <returns>The index of the next character.</returns>
    private int Read(string text, int at)
    {
        var character = text[at];
        if (IsInvisible(character))
            return at + 1;
        if (length > 0 && IsAccent(character) && CanonicalComposition.Compose(characters[length - 1], character) is { } composed)
        {
            characters[length - 1] = composed;
            return ends[length - 1] = at + 1;
        }
        var isAt = character == '%' && string.CompareOrdinal(text, at, EncodedAt, 0, EncodedAt.Length) == 0;
        characters[length] = isAt ? '@' : Folded(character);
        starts[length] = at;
        return ends[length++] = at + (isAt ? EncodedAt.Length : 1);
    }

    /// <summary>
    /// The character that another is read as. An en dash stays: read as a hyphen, it would join two dates to one long code.
    /// </summary>
    private static char Folded(char character) =>
        character switch
        {
            '\u00A0' or '\u2007' or '\u2009' or '\u202F' or '\u3000' => ' ',
            '\u2010' or '\u2011' or '\u2212' => '-',
            >= FirstFullWidth and <= LastFullWidth => (char)(character - FirstFullWidth + '!'),
            _ => character,
        };

    /// <summary>True for soft hyphens, word joiners and byte order marks, which do not end a word.</summary>
    private static bool IsInvisible(char character) => character is '\u00AD' or '\u2060' or '\uFEFF';

    /// <summary>
    /// True for combining accents, the voicing marks of kana, and the vowels and final consonants of Hangul, which may compose with the
    /// character before.
    /// </summary>
    private static bool IsAccent(char character) =>
        character is >= '\u0300' and <= '\u036F' or '\u3099' or '\u309A' or >= '\u1161' and <= '\u11C2';
}
