using System.Text;
using System.Text.RegularExpressions;
using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Making;

/// <summary>
/// Byte-level byte pair encoding as GPT-2 does it (Sennrich et al., arXiv 1508.07909; llama.cpp's pre-tokenizer "gpt-2"):
/// text is cut into words, a word into bytes, and pairs are merged in the order in which they were learned.
/// </summary>
internal sealed partial class Vocabulary
{
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Left, string Right), int> ranks = [];
    private readonly Dictionary<string, int[]> encoded = new(StringComparer.Ordinal);

    /// <param name="merges">Pairs in order, both sides in the letters that stand for bytes.</param>
    public Vocabulary(IReadOnlyList<(string Left, string Right)> merges)
    {
        Merges = merges;
        // Two ways to the same piece, a+bc and ab+c, are one token.
        IEnumerable<string> merged = merges.Select(merge => merge.Left + merge.Right);
        Tokens = [ChatText.End, ChatText.TurnStart, ChatText.TurnEnd, .. Letters.Concat(merged).Distinct()];
        for (var id = 0; id < Tokens.Count; id++)
        {
            ids.Add(Tokens[id], id);
        }

        for (var rank = 0; rank < merges.Count; rank++)
        {
            ranks.Add(merges[rank], rank);
        }
    }

    public IReadOnlyList<(string Left, string Right)> Merges { get; }

    /// <summary>Three control tokens, 256 bytes, then the merged pairs.</summary>
    public IReadOnlyList<string> Tokens { get; }

    public const int End = 0;
    public const int TurnStart = 1;
    public const int TurnEnd = 2;
    public const int Controls = 3;

    /// <summary>The letter that stands for each byte: itself where it can be seen, else one from U+0100 on.</summary>
    public static IReadOnlyList<string> Letters { get; } = VisibleBytes();

    /// <summary>What merging never crosses: a word with the space before it, a number, signs, white space.</summary>
    public static IEnumerable<string> Words(string text) => WordPattern().Matches(text).Select(match => match.Value);

    /// <summary>The tokens of plain text; control tokens in it are not read as such.</summary>
    public IReadOnlyList<int> Encode(string text)
    {
        List<int> tokens = [];
        foreach (var word in Words(text))
        {
            if (!encoded.TryGetValue(word, out var found))
            {
                encoded[word] = found = [.. Merged(word).Select(piece => ids[piece])];
            }

            tokens.AddRange(found);
        }

        return tokens;
    }

    public string Decode(IEnumerable<int> tokens)
    {
        var bytes = Letters.Select((letter, value) => (letter[0], (byte)value)).ToDictionary();
        return Encoding.UTF8.GetString([.. tokens.SelectMany(token => Tokens[token]).Select(letter => bytes[letter])]);
    }

    public static List<string> Pieces(string word) => [.. Encoding.UTF8.GetBytes(word).Select(value => Letters[value])];

    private List<string> Merged(string word)
    {
        var pieces = Pieces(word);
        while (pieces.Count > 1)
        {
            var (best, at) = (int.MaxValue, -1);
            for (var i = 0; i + 1 < pieces.Count; i++)
            {
                if (ranks.TryGetValue((pieces[i], pieces[i + 1]), out var rank) && rank < best)
                {
                    (best, at) = (rank, i);
                }
            }

            if (at < 0)
            {
                break;
            }

            pieces[at] += pieces[at + 1];
            pieces.RemoveAt(at + 1);
        }

        return pieces;
    }

    private static List<string> VisibleBytes()
    {
        var next = 256;
        return
        [
            .. Enumerable
                .Range(0, 256)
                .Select(value => value is (>= 33 and <= 126) or (>= 161 and <= 172) or >= 174 ? (char)value : (char)next++)
                .Select(letter => letter.ToString()),
        ];
    }

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.None, 10_000)]
    private static partial Regex WordPattern();
}
