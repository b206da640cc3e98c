using System.Globalization;
using System.Text;

namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>The classes of characters that the finders tell apart, and the runs of them in a text.</summary>
internal static class CharacterClass
{
    /// <summary>Replaces what an earlier finder found. A noncharacter of Unicode: no letter, no digit, no blank.</summary>
    public const char Taken = '\uFFFF';

    private const char FirstBeyondLatin = '\u0250';

    public static bool IsDigit(ReadOnlySpan<char> text, int index) => (uint)index < (uint)text.Length && char.IsAsciiDigit(text[index]);

    /// <summary>A blank within a line. Those that do not break are folded to one that does (<see cref="FoldedText"/>).</summary>
    public static bool IsBlank(char character) => character is ' ' or '\t';

    /// <summary>True for a Latin letter, a digit or an underscore. Letters of other scripts are no part of a number or a key: Chinese and Japanese set no blank before one.</summary>
    public static bool IsLatinWord(ReadOnlySpan<char> text, int index) =>
        (uint)index < (uint)text.Length && (text[index] == '_' || (text[index] < FirstBeyondLatin && char.IsLetterOrDigit(text[index])));

    public static bool IsLatinLetter(char character) => character < FirstBeyondLatin && char.IsLetter(character);

    public static bool IsLetterBeyondLatin(char character) => character >= FirstBeyondLatin && char.IsLetter(character);

    /// <summary>Whether a word goes on to the left of an index.</summary>
    public static bool IsWordBefore(ReadOnlySpan<char> text, int index) =>
        Rune.DecodeLastFromUtf16(text[..index], out var rune, out _) == System.Buffers.OperationStatus.Done && IsWord(rune);

    /// <summary>Whether a word goes on at an index.</summary>
    public static bool IsWordAt(ReadOnlySpan<char> text, int index) =>
        Rune.DecodeFromUtf16(text[index..], out var rune, out _) == System.Buffers.OperationStatus.Done && IsWord(rune);

    /// <summary>The word of Latin letters that ends before an index, with at most a few of some characters between.</summary>
    public static ReadOnlySpan<char> LatinWordBefore(ReadOnlySpan<char> text, int index, ReadOnlySpan<char> between, int most)
    {
        const int longest = 32;
        var end = index;
        while (end > 0 && index - end < most && between.Contains(text[end - 1]))
            end--;
        var start = end;
        while (start > 0 && end - start < longest && IsLatinLetter(text[start - 1]))
            start--;
        return text[start..end];
    }

    /// <summary>The end of the run of ASCII letters, digits and some other characters that begins at an index.</summary>
    public static int EndOfRun(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> others)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || others.Contains(text[end])))
            end++;
        return end;
    }

    private static bool IsWord(Rune rune) =>
        !IsWrittenWithoutBlanks(rune.Value)
        && (
            Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.SpacingCombiningMark
                    or UnicodeCategory.EnclosingMark
        );

    /// <summary>True for kana and Chinese characters, where the end of a word cannot be seen.</summary>
    private static bool IsWrittenWithoutBlanks(int code) =>
        code is >= 0x3040 and <= 0x30FF or >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x323AF;
}
