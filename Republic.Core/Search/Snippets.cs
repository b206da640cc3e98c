using Republic.Core.Chats.Messages;
using Republic.Core.Knowledge.Cutting;
using Republic.Core.Search.Words;

namespace Republic.Core.Search;

/// <summary>The sentence of a text that holds most of the words that are searched for, on one line.</summary>
internal sealed class Snippets(LetterFolding letters)
{
    public const int MaxLength = 200;

    /// <summary>Without the dots that say that it is cut.</summary>
    private const int Length = MaxLength - 2;

    /// <summary>Of what stands before the first word.</summary>
    private const int Lead = 60;

    /// <summary>Of a text so much on either side of the words is looked at: sentences end there, and marks of Markdown are no part of the line.</summary>
    private const int Near = 600;

    /// <param name="isCited">Numbers of passages stand in the text, which lead nowhere from here.</param>
    /// <param name="question">Null: the first sentence.</param>
    public async Task<Snippet> OfAsync(string text, bool isCited, SearchQuestion? question, CancellationToken ct)
    {
        var near = Around(text, Densest(await HitsAsync(text, question, ct)));
        if (near.Length == 0)
        {
            return Snippet.Empty;
        }

        var sentence = Sentence(near, await HitsAsync(near, question, ct));
        var plain = isCited ? PlainWords.Uncited(sentence) : sentence;
        var line = question is { IsSigns: true } ? PlainWords.Named(plain) : PlainWords.OneLine(plain, int.MaxValue);
        var shown = Cut(line, (await HitsAsync(line, question, ct)) is [var first, ..] ? first.Begin : 0);
        return new Snippet(shown, await MarksAsync(shown, question, ct));
    }

    /// <summary>Where the words stand in a line.</summary>
    public async Task<IReadOnlyList<(int Begin, int Length)>> MarksAsync(string line, SearchQuestion? question, CancellationToken ct)
    {
        List<(int Begin, int Length)> marks = [];
        foreach (var hit in await HitsAsync(line, question, ct))
        {
            // Pairs of signs overlap.
            if (marks is [.., var last] && hit.Begin <= last.Begin + last.Length)
            {
                marks[^1] = (last.Begin, Math.Max(last.Length, hit.End - last.Begin));
            }
            else
            {
                marks.Add((hit.Begin, hit.End - hit.Begin));
            }
        }

        return marks;
    }

    private async Task<List<Hit>> HitsAsync(string text, SearchQuestion? question, CancellationToken ct)
    {
        List<Hit> hits = [];
        if (question is null)
        {
            return hits;
        }

        var folded = await letters.FoldAsync(text, ct);
        foreach (var word in TextWords.Indexed(folded.Text))
        {
            if (question.Asked(word) is { } asked)
            {
                // A sign that is asked for alone is one of a pair.
                var length = word.Kind == WordKind.Run ? asked.Text.Length : word.Length;
                var (begin, end) = (folded.Origins[word.Begin], folded.Origins[word.Begin + length]);
                // One letter may be several when it is folded.
                hits.Add(new Hit(begin, Math.Max(end, begin + 1), asked));
            }
        }

        return hits;
    }

    /// <summary>Where most of the words stand close together, first; 0 where none does.</summary>
    private static int Densest(List<Hit> hits)
    {
        var (best, most) = (0, 0);
        Dictionary<AskedWord, int> inside = [];
        for (int first = 0, next = 0; first < hits.Count; first++)
        {
            for (; next < hits.Count && (next <= first || hits[next].End <= hits[first].Begin + Length); next++)
            {
                inside[hits[next].Word] = inside.GetValueOrDefault(hits[next].Word) + 1;
            }

            if (inside.Count > most)
            {
                (best, most) = (hits[first].Begin, inside.Count);
            }

            if (--inside[hits[first].Word] == 0)
            {
                inside.Remove(hits[first].Word);
            }
        }

        return best;
    }

    private static string Around(string text, int at)
    {
        var begin = Math.Max(0, at - Near);
        // The rest of a word is none.
        begin = begin > 0 && text.AsSpan(begin, Lead).IndexOfAny(' ', '\n') is >= 0 and var space ? begin + space + 1 : begin;
        begin += begin > 0 && char.IsLowSurrogate(text[begin]) ? 1 : 0;
        return text[begin..].AtMost(at - begin + Near);
    }

    private static string Sentence(string text, List<Hit> hits)
    {
        var (best, most, at) = ((Start: 0, Length: 0), -1, 0);
        foreach (var part in SentenceParts.Of(text))
        {
            HashSet<AskedWord> held = [];
            for (; at < hits.Count && hits[at].Begin < part.Start + part.Length; at++)
            {
                held.Add(hits[at].Word);
            }

            if (held.Count > most && !text.AsSpan(part.Start, part.Length).IsWhiteSpace())
            {
                (best, most) = (part, held.Count);
            }
        }

        return text.Substring(best.Start, best.Length);
    }

    /// <summary>So much of a line that its first word is seen, cut between words where there are spaces.</summary>
    private static string Cut(string line, int at)
    {
        if (line.Length <= Length)
        {
            return line;
        }

        var begin = Math.Max(0, Math.Min(at - Lead, line.Length - Length));
        begin = begin > 0 && line.IndexOf(' ', begin, Math.Max(0, at - begin)) is >= 0 and var space ? space + 1 : begin;
        begin += begin > 0 && char.IsLowSurrogate(line[begin]) ? 1 : 0;
        var cut = line[begin..].AtMost(Length);
        var isEnd = begin + cut.Length == line.Length;
        var end = isEnd ? -1 : cut.LastIndexOf(' ');
        cut = end > Length - Lead ? cut[..end] : cut;
        return $"{(begin > 0 ? "…" : "")}{cut}{(isEnd ? "" : "…")}";
    }

    private sealed record Hit(int Begin, int End, AskedWord Word);
}
