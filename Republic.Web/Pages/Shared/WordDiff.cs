using System.Text;
using System.Text.RegularExpressions;

namespace Republic.Web.Pages.Shared;

/// <summary>Two texts side by side, with the words marked that only one of them has (longest common subsequence of words).</summary>
public sealed partial class WordDiff
{
    // The table has a cell for each pair of words: 4 million are 8 MB for a moment. Longer middles are marked as a whole.
    private const int MostCells = 4_000_000;

    private WordDiff(IReadOnlyList<DiffPart> left, IReadOnlyList<DiffPart> right) => (Left, Right) = (left, right);

    public IReadOnlyList<DiffPart> Left { get; }

    public IReadOnlyList<DiffPart> Right { get; }

    public static WordDiff Of(string left, string right)
    {
        var (a, b) = (Words(left), Words(right));
        var start = 0;
        while (start < a.Length && start < b.Length && Same(a[start], b[start]))
        {
            start++;
        }

        var end = 0;
        while (end < a.Length - start && end < b.Length - start && Same(a[^(end + 1)], b[^(end + 1)]))
        {
            end++;
        }

        var (inA, inB) = Common(a.AsSpan(start, a.Length - start - end), b.AsSpan(start, b.Length - start - end));
        return new WordDiff(Parts(a, start, inA), Parts(b, start, inB));
    }

    /// <summary>For each word of the two middles, whether the other has it at that place.</summary>
    private static (bool[] A, bool[] B) Common(ReadOnlySpan<string> a, ReadOnlySpan<string> b)
    {
        var (inA, inB) = (new bool[a.Length], new bool[b.Length]);
        if ((long)(a.Length + 1) * (b.Length + 1) > MostCells)
        {
            return (inA, inB);
        }

        var width = b.Length + 1;
        var longest = new ushort[(a.Length + 1) * width];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                longest[i * width + j] = Same(a[i], b[j])
                    ? (ushort)(longest[(i + 1) * width + j + 1] + 1)
                    : Math.Max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
            }
        }

        for (var (i, j) = (0, 0); i < a.Length && j < b.Length; )
        {
            if (Same(a[i], b[j]))
            {
                (inA[i++], inB[j++]) = (true, true);
            }
            else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return (inA, inB);
    }

    private static List<DiffPart> Parts(string[] words, int start, bool[] common)
    {
        var parts = new List<DiffPart>();
        var text = new StringBuilder();
        var differs = false;
        for (var i = 0; i < words.Length; i++)
        {
            var other = i >= start && i < start + common.Length && !common[i - start];
            if (other != differs && text.Length > 0)
            {
                Close(parts, text, differs);
            }

            differs = other;
            text.Append(words[i]);
        }

        if (text.Length > 0)
        {
            parts.Add(new DiffPart(text.ToString(), differs));
        }

        return parts;
    }

    /// <summary>A mark ends with its last word: the white space after it is the beginning of what follows.</summary>
    private static void Close(List<DiffPart> parts, StringBuilder text, bool differs)
    {
        var whole = text.ToString();
        var marked = differs ? whole.TrimEnd() : whole;
        if (marked.Length > 0)
        {
            parts.Add(new DiffPart(marked, differs));
        }

        text.Clear().Append(whole, marked.Length, whole.Length - marked.Length);
    }

    private static bool Same(string a, string b) => a.AsSpan().TrimEnd().SequenceEqual(b.AsSpan().TrimEnd());

    // White space stays with the word before it, so that one mark runs over two changed words.
    private static string[] Words(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\S+\s*|\s+", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
