using Republic.Core.Knowledge.Reading;

namespace Republic.Core.Knowledge.Cutting;

/// <summary>
/// Cuts a document where it has joints: at headings and new pages always, else between paragraphs, rows and pieces of code; one that is
/// longer than a passage between its sentences or lines; and a sentence that is longer still between words. Each passage has a part of
/// its own, and all parts and headings together are the whole text.
/// </summary>
internal sealed class PassageCutter
{
    public const int LeastLength = 200;
    public const int MostLength = 8000;

    private readonly ReadDocument document;
    private readonly CuttingSettings settings;
    private readonly List<PassagePiece> pieces = [];
    private readonly HeadingPath path = new();

    /// <summary>Of the passage that is being filled; none where <c>start</c> is -1.</summary>
    private int start = -1;
    private int end;
    private int? page;

    /// <summary>Where the section or page begins, which no overlap reaches over.</summary>
    private int section;

    private PassageCutter(ReadDocument document, CuttingSettings settings) => (this.document, this.settings) = (document, settings);

    public static IReadOnlyList<PassagePiece> Cut(ReadDocument document, CuttingSettings settings)
    {
        var cutter = new PassageCutter(document, settings);
        cutter.Cut();
        return cutter.pieces;
    }

    private void Cut()
    {
        for (var at = 0; at < document.Blocks.Count; at++)
        {
            var block = document.Blocks[at];
            if (block.Kind != BlockKind.Heading)
            {
                Take(block);
                continue;
            }

            Close();
            path.Take(block, document.Text.Substring(block.Start, block.Length));
            section = block.End;
            var next = at + 1 < document.Blocks.Count ? document.Blocks[at + 1] : null;
            if (next is null || (next.Kind == BlockKind.Heading && next.Level <= block.Level))
            {
                // With nothing below it, a heading is all that its section says.
                Take(block);
                Close();
            }
        }

        Close();
    }

    private void Take(Block block)
    {
        if (block.Length <= settings.Length)
        {
            Take(block.Start, block.End, block.Page);
            return;
        }

        for (var at = block.Start; at < block.End; )
        {
            var next = block.Kind is BlockKind.Code or BlockKind.Row or BlockKind.List
                ? EndOfLine(at, block.End)
                : Sentences.EndOf(document.Text, at, block.End);
            TakeCut(at, next, block.Page);
            at = next;
        }
    }

    /// <summary>A sentence or line, in pieces where it is longer than a passage.</summary>
    private void TakeCut(int from, int to, int? on)
    {
        while (to - from > settings.Length)
        {
            var cut = Joint(from, from + settings.Length);
            Take(from, cut, on);
            from = cut;
        }

        Take(from, to, on);
    }

    private void Take(int from, int to, int? on)
    {
        if (from == to)
        {
            return;
        }

        if (start >= 0 && (to - start > settings.Length || on != page))
        {
            Close();
        }

        if (start < 0)
        {
            section = on == page ? section : from;
            (start, page) = (from, on);
        }

        end = to;
    }

    private void Close()
    {
        if (start >= 0)
        {
            var own = document.Text.AsSpan(start, end - start).TrimEnd();
            var from = start + own.Length - own.TrimStart('\n').Length;
            if (start + own.Length > from)
            {
                pieces.Add(new PassagePiece(from, start + own.Length - from, OverlapBefore(from), path.Text, page));
            }
        }

        start = -1;
    }

    /// <summary>As many whole sentences of the passage before as fit.</summary>
    private int OverlapBefore(int from)
    {
        if (settings.Overlap == 0 || pieces.Count == 0 || pieces[^1].Start < section)
        {
            return 0;
        }

        var before = pieces[^1];
        var earliest = Math.Max(before.Start, from - settings.Overlap);
        // A place where a sentence begins: the passage's own begin, or behind the end of one.
        var at = earliest == before.Start ? earliest : Sentences.EndOf(document.Text, earliest, from);
        return at < before.Start + before.Length ? from - at : 0;
    }

    private int EndOfLine(int from, int to)
    {
        var length = document.Text.AsSpan(from, to - from).IndexOf('\n');
        return length < 0 ? to : from + length + 1;
    }

    /// <summary>Behind the last white space of the stretch, or at its end, but never inside a character.</summary>
    private int Joint(int from, int to)
    {
        var text = document.Text.AsSpan(from, to - from);
        for (var at = text.Length - 1; at > text.Length / 2; at--)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                return from + at + 1;
            }
        }

        return char.IsHighSurrogate(document.Text[to - 1]) && char.IsLowSurrogate(document.Text[to]) ? to - 1 : to;
    }
}
