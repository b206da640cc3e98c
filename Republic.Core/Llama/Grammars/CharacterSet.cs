namespace Republic.Core.Llama.Grammars;

/// <summary>A set of Unicode characters, surrogates left out, as ranges in order that do not touch.</summary>
internal sealed class CharacterSet
{
    private const int Last = 0x10FFFF;

    private CharacterSet(IReadOnlyList<(int First, int Last)> ranges) => Ranges = ranges;

    public static CharacterSet All { get; } = Of((0, Last));

    public IReadOnlyList<(int First, int Last)> Ranges { get; }

    public bool IsEmpty => Ranges.Count == 0;

    public static CharacterSet Of(params IEnumerable<(int First, int Last)> ranges)
    {
        List<(int First, int Last)> merged = [];
        foreach (var (first, last) in ranges.SelectMany(WithoutSurrogates).OrderBy(range => range.First))
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            }
            else
            {
                merged.Add((first, last));
            }
        }

        return new CharacterSet(merged);
    }

    public static CharacterSet Of(string characters) => Of(characters.EnumerateRunes().Select(rune => (rune.Value, rune.Value)));

    public bool Contains(int character) => Ranges.Any(range => range.First <= character && character <= range.Last);

    public CharacterSet Union(CharacterSet other) => Of(Ranges.Concat(other.Ranges));

    public CharacterSet Complement()
    {
        List<(int, int)> gaps = [];
        var next = 0;
        foreach (var (first, last) in Ranges)
        {
            gaps.Add((next, first - 1));
            next = last + 1;
        }

        gaps.Add((next, Last));
        return Of(gaps);
    }

    public CharacterSet Except(CharacterSet other) => Complement().Union(other).Complement();

    /// <summary>The UTF-8 of all characters as sequences of ranges of bytes, of which each character matches exactly one.</summary>
    public IEnumerable<(byte First, byte Last)[]> Utf8() => Ranges.SelectMany(range => Utf8(range.First, range.Last));

    private static IEnumerable<(byte, byte)[]> Utf8(int first, int last)
    {
        // Where the number of bytes changes.
        foreach (var longest in (ReadOnlySpan<int>)[0x7F, 0x7FF, 0xFFFF])
        {
            if (first <= longest && longest < last)
            {
                return Utf8(first, longest).Concat(Utf8(longest + 1, last));
            }
        }

        // Where the bytes behind the first would not run through all their values.
        for (var bits = 6; bits < 6 * Encoded(last).Length; bits += 6)
        {
            var mask = (1 << bits) - 1;
            if ((first & ~mask) != (last & ~mask))
            {
                if ((first & mask) != 0)
                {
                    return Utf8(first, first | mask).Concat(Utf8((first | mask) + 1, last));
                }

                if ((last & mask) != mask)
                {
                    return Utf8(first, (last & ~mask) - 1).Concat(Utf8(last & ~mask, last));
                }
            }
        }

        return
        [
            [.. Encoded(first).Zip(Encoded(last))],
        ];
    }

    private static byte[] Encoded(int character) =>
        character switch
        {
            < 0x80 => [(byte)character],
            < 0x800 => [(byte)(0xC0 | (character >> 6)), Following(character)],
            < 0x10000 => [(byte)(0xE0 | (character >> 12)), Following(character >> 6), Following(character)],
            _ => [(byte)(0xF0 | (character >> 18)), Following(character >> 12), Following(character >> 6), Following(character)],
        };

    private static byte Following(int bits) => (byte)(0x80 | (bits & 0x3F));

    private static IEnumerable<(int First, int Last)> WithoutSurrogates((int First, int Last) range)
    {
        (int First, int Last)[] parts =
        [
            (Math.Max(range.First, 0), Math.Min(range.Last, 0xD7FF)),
            (Math.Max(range.First, 0xE000), Math.Min(range.Last, Last)),
        ];
        return parts.Where(part => part.First <= part.Last);
    }
}
