using System.Buffers;
using System.Globalization;
using System.Text;
using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Refining.Duplicates;
using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets.Refining;

/// <summary>
/// Counts the characters and words of a row's prompts and answers, and hashes its shingles: three successive words, lower-cased,
/// digits kept. Words stand between white space, without the punctuation at their ends; a Han character or a kana is a word.
/// </summary>
internal sealed class RowMeasure
{
    private readonly DistinctCount distinct = new();
    private readonly ByteBuffer word = new(256);
    private ulong[] shingles = new ulong[512];
    private ulong last;
    private ulong secondLast;

    /// <summary>Of <see cref="word"/>, without punctuation at its end.</summary>
    private int wordLength;

    public int Characters { get; private set; }

    /// <summary>Letters, digits and white space.</summary>
    public int PlainCharacters { get; private set; }

    public int Words { get; private set; }

    public int AnswerWords { get; private set; }

    public int DistinctWords => distinct.Count;

    /// <summary>Whether the last answer ends with punctuation or a symbol, and none after which something has to follow.</summary>
    public bool EndsWell { get; private set; }

    /// <summary>Some may be there twice.</summary>
    public Span<ulong> Shingles => shingles.AsSpan(0, Words == 0 ? 0 : Math.Max(1, Words - 2));

    public void Read(RowText row)
    {
        (Characters, PlainCharacters, Words, AnswerWords, EndsWell) = (0, 0, 0, 0, false);
        distinct.Clear();
        foreach (var turn in row.Turns)
        {
            if (turn.Role == RowRole.System)
            {
                continue;
            }

            var before = Words;
            var text = row.Text(turn.Text);
            if (Ascii.IsValid(text))
            {
                ReadAscii(text);
            }
            else
            {
                ReadRunes(text);
            }

            if (turn.Role == RowRole.Assistant)
            {
                AnswerWords += Words - before;
                EndsWell = Ends(text);
            }
        }

        if (Words is 1 or 2)
        {
            shingles[0] = Mix(Words == 1 ? 0 : secondLast, 0, last);
        }
    }

    /// <summary>Most texts: 32 characters at a time.</summary>
    private void ReadAscii(ReadOnlySpan<byte> text)
    {
        Characters += text.Length;
        var begin = -1;
        for (var at = 0; at < text.Length; at += AsciiBlock.Length)
        {
            var block = AsciiBlock.Read(text[at..]);
            PlainCharacters += block.PlainCount;
            for (var edges = block.Edges(isInWord: begin >= 0); edges != 0; edges &= edges - 1)
            {
                var i = at + int.CreateTruncating(uint.TrailingZeroCount(edges));
                if (begin < 0)
                {
                    begin = i;
                }
                else
                {
                    AddWord(text[begin..i]);
                    begin = -1;
                }
            }
        }

        if (begin >= 0)
        {
            AddWord(text[begin..]);
        }
    }

    private void AddWord(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && AsciiBlock.IsPunctuation(text[^1]))
        {
            text = text[..^1];
        }

        while (!text.IsEmpty && AsciiBlock.IsPunctuation(text[0]))
        {
            text = text[1..];
        }

        if (!text.IsEmpty)
        {
            Add(WordHash.Of(text));
        }
    }

    private void ReadRunes(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var length);
            text = text[length..];
            Characters++;
            if (Rune.IsWhiteSpace(rune))
            {
                PlainCharacters++;
                EndWord();
                continue;
            }

            PlainCharacters += Rune.IsLetterOrDigit(rune) ? 1 : 0;
            var isWhole = IsWordOfItsOwn(rune.Value);
            if (isWhole)
            {
                EndWord();
            }

            Append(rune);
            if (isWhole)
            {
                EndWord();
            }
        }

        EndWord();
    }

    private void Append(Rune rune)
    {
        var isPunctuation = rune.IsAscii ? AsciiBlock.IsPunctuation((byte)rune.Value) : IsPunctuation(rune);
        if (isPunctuation && wordLength == 0)
        {
            return;
        }

        word.Length += Rune.ToLowerInvariant(rune).EncodeToUtf8(word.Reserve(4));
        wordLength = isPunctuation ? wordLength : word.Length;
    }

    private void EndWord()
    {
        if (wordLength > 0)
        {
            Add(WordHash.Of(word.Slice(0, wordLength)));
        }

        (word.Length, wordLength) = (0, 0);
    }

    private void Add(ulong hash)
    {
        distinct.Add(hash);
        if (Words >= 2)
        {
            if (Words - 2 == shingles.Length)
            {
                Array.Resize(ref shingles, shingles.Length * 2);
            }

            shingles[Words - 2] = Mix(secondLast, last, hash);
        }

        (secondLast, last) = (last, hash);
        Words++;
    }

    private static ulong Mix(ulong first, ulong second, ulong third)
    {
        var mixed = ((((first * 0x9E3779B97F4A7C15) ^ second) * 0xC2B2AE3D27D4EB4F) ^ third) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    private static bool Ends(ReadOnlySpan<byte> text) =>
        Rune.DecodeLastFromUtf8(text.TrimEnd(" \t\r\n"u8), out var rune, out _) == OperationStatus.Done
        && (Rune.IsPunctuation(rune) || Rune.IsSymbol(rune))
        && rune.Value is not (',' or ';' or '-' or '(' or '[' or '{');

    private static bool IsPunctuation(Rune rune) =>
        rune.Value == '`'
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.OtherPunctuation
                or UnicodeCategory.InitialQuotePunctuation
                or UnicodeCategory.FinalQuotePunctuation
                or UnicodeCategory.OpenPunctuation
                or UnicodeCategory.ClosePunctuation
                or UnicodeCategory.DashPunctuation;

    private static bool IsWordOfItsOwn(int value) =>
        value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
