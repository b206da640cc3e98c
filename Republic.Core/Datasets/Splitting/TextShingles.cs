using System.Globalization;
using System.Text;

namespace Republic.Core.Datasets.Splitting;

/// <summary>
/// The words of a text and the pairs of neighbours among them, hashed: letters and digits alone, in small letters, whatever stands
/// between them. A Han character or a kana is a word.
/// </summary>
internal sealed class TextShingles
{
    private const ulong Start = 0xCBF29CE484222325;
    private const ulong Prime = 0x9E3779B97F4A7C15;
    private ulong[] hashes = new ulong[256];
    private int count;
    private ulong word;
    private ulong last;

    public int Words { get; private set; }

    /// <summary>Texts of the same words in the same order share it. A text without any has the hash of its bytes.</summary>
    public ulong Exact { get; private set; }

    /// <summary>Some may be there twice.</summary>
    public ReadOnlySpan<ulong> All => hashes.AsSpan(0, count);

    public void Read(ReadOnlySpan<byte> text)
    {
        (count, Words, word, last, Exact) = (0, 0, Start, 0, Start);
        for (var at = 0; at < text.Length; )
        {
            var value = text[at];
            if (value < 0x80)
            {
                at++;
                if (char.IsAsciiLetterOrDigit((char)value))
                {
                    Append(char.IsAsciiLetterUpper((char)value) ? value + 32u : value);
                }
                else
                {
                    EndWord();
                }

                continue;
            }

            Rune.DecodeFromUtf8(text[at..], out var rune, out var length);
            at += length;
            Read(rune);
        }

        EndWord();
        if (Words == 0)
        {
            foreach (var value in text.Trim(" \t\r\n"u8))
            {
                Exact = Mix(Exact, value);
            }
        }
    }

    private void Read(Rune rune)
    {
        if (IsWordOfItsOwn(rune.Value))
        {
            EndWord();
            Append((uint)rune.Value);
            EndWord();
        }
        else if (Rune.IsLetterOrDigit(rune) || IsMark(rune))
        {
            Append((uint)Rune.ToLowerInvariant(rune).Value);
        }
        else
        {
            EndWord();
        }
    }

    private void Append(uint letter) => word = (word ^ letter) * Prime;

    private void EndWord()
    {
        if (word == Start)
        {
            return;
        }

        var hash = word ^ (word >> 29);
        Exact = Mix(Exact, hash);
        Add(Mix(Start, hash));
        if (Words > 0)
        {
            Add(Mix(last, hash));
        }

        (last, word) = (hash, Start);
        Words++;
    }

    private void Add(ulong hash)
    {
        if (count == hashes.Length)
        {
            Array.Resize(ref hashes, hashes.Length * 2);
        }

        hashes[count++] = hash;
    }

    private static ulong Mix(ulong first, ulong second)
    {
        var z = ((first * 0xBF58476D1CE4E5B9) ^ second) * 0x94D049BB133111EB;
        z = (z ^ (z >> 31)) * Prime;
        return z ^ (z >> 32);
    }

    /// <summary>Vowels of many scripts are written as marks of the letter before.</summary>
    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsWordOfItsOwn(int value) =>
        value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
