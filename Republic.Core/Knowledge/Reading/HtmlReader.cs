using System.Buffers;

namespace Republic.Core.Knowledge.Reading;

/// <summary>
/// The text of a page, without scripts, styles, navigation and what its tags hide. It is read tag by tag and no tree is built of it, so
/// the depth of a hostile page costs nothing, and every character is looked at once.
/// </summary>
internal sealed class HtmlReader(string html, BlockWriter into, CancellationToken ct)
{
    /// <summary>Elements whose content is not read, except a title's. The second line: it is for browsers that do not know them, or run no scripts.</summary>
    private static readonly HashSet<string> Skipped =
    [
        .. "script style title nav template svg math button select textarea dialog".Split(' '),
        .. "noscript noframes noembed iframe object canvas video audio datalist".Split(' '),
    ];

    /// <summary>In these only their own end is a tag, whatever else looks like one.</summary>
    private static readonly HashSet<string> Raw = [.. "script style textarea title iframe noframes noembed".Split(' ')];

    /// <summary>Tags within a line of text.</summary>
    private static readonly HashSet<string> Inline =
    [
        .. "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter output progress q rp rt ruby s samp small span strike strong sub sup time tt u var wbr".Split(
            ' '
        ),
    ];

    /// <summary>Tags that hold nothing.</summary>
    private static readonly HashSet<string> Hollow = [.. "area base br col embed hr img input link meta source track wbr".Split(' ')];

    /// <summary>Tags whose end may be left out.</summary>
    private static readonly HashSet<string> EndsAlone = [.. "dd dt li option p td th tr".Split(' ')];

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n\f/>");

    private readonly HtmlLines lines = new(into);
    private readonly Dictionary<string, int> lastEnds = [];
    private bool hasTitle;

    public static void Read(string html, BlockWriter into, CancellationToken ct) => new HtmlReader(html, into, ct).Read();

    private void Read()
    {
        var at = 0;
        while (at < html.Length)
        {
            ct.ThrowIfCancellationRequested();
            var open = html.IndexOf('<', at);
            var end = open < 0 ? html.Length : open;
            if (end > at)
            {
                lines.Append(html.AsSpan(at, end - at));
            }

            at = open < 0 ? html.Length : Tag(open);
        }

        lines.Flush();
    }

    /// <returns>Where the text goes on.</returns>
    private int Tag(int open)
    {
        var rest = html.AsSpan(open);
        if (rest.StartsWith("<!--"))
        {
            var end = html.IndexOf("-->", open + 4, StringComparison.Ordinal);
            return end < 0 ? html.Length : end + 3;
        }

        if (rest is ['<', '!' or '?', ..])
        {
            return EndOf(open);
        }

        var isEnd = rest is ['<', '/', ..];
        var from = open + (isEnd ? 2 : 1);
        if (from >= html.Length || !char.IsAsciiLetter(html[from]))
        {
            lines.Append("<");
            return open + 1;
        }

        var name = NameAt(from);
        var after = EndOf(open);
        if (isEnd)
        {
            Ends(name);
            return after;
        }

        if (Skipped.Contains(name))
        {
            return IsClosed(name, after) ? Begins(name, after)
                : name == "template" ? Hide(name, after)
                : name == "title" ? Title(after)
                : Skip(name, after);
        }

        // A page that is hidden as a whole is one that its script shows.
        var canHide = !Hollow.Contains(name) && name is not ("html" or "body");
        var isHidden = canHide && HiddenTag.Is(html.AsSpan(from + name.Length, after - from - name.Length));
        return isHidden ? Hide(name, after) : Begins(name, after);
    }

    /// <summary>Skips a title. The first one is the heading of a page that has none of the first level.</summary>
    private int Title(int at)
    {
        var after = Skip("title", at);
        var isFirst = after > at && !hasTitle;
        hasTitle |= isFirst;
        if (isFirst && !html.Contains("<h1", StringComparison.OrdinalIgnoreCase))
        {
            lines.Begin(BlockKind.Heading, 1);
            lines.Append(html.AsSpan(at, html.LastIndexOf('<', after - 1) - at));
            lines.Flush();
        }

        return after;
    }

    private string NameAt(int from)
    {
        var length = html.AsSpan(from).IndexOfAny(NameEnds);
        return (length < 0 ? html[from..] : html.Substring(from, length)).ToLowerInvariant();
    }

    /// <summary>Behind the tag, whose attributes may hold any sign between quotation marks.</summary>
    private int EndOf(int at)
    {
        while (at < html.Length)
        {
            var next = html.AsSpan(at).IndexOfAny('>', '"', '\'');
            if (next < 0)
            {
                return html.Length;
            }

            at += next;
            if (html[at] == '>')
            {
                return at + 1;
            }

            // A quotation mark opens a value only behind an equals sign.
            var close = html.AsSpan(0, at).TrimEnd() is [.., '='] ? html.IndexOf(html[at], at + 1) : at;
            at = close < 0 ? html.Length : close + 1;
        }

        return html.Length;
    }

    /// <summary>A slash ends drawings and formulas alone. As in a browser, others go on behind it.</summary>
    private bool IsClosed(string name, int after) => name is "svg" or "math" && html.AsSpan(0, after).EndsWith("/>");

    /// <summary>
    /// Over all that stands in it, others of its name among them. One that is never closed hides nothing; but for scripts and styles, which
    /// a browser reads to the end of the page then.
    /// </summary>
    private int Skip(string name, int at)
    {
        lines.Flush();
        var last = LastEnd(name);
        var depth = 1;
        while (depth > 0 && at <= last)
        {
            var open = html.IndexOf('<', at);
            var rest = html.AsSpan(open + 1);
            var isEnd = rest.StartsWith("/");
            var same = IsNamed(rest[(isEnd ? 1 : 0)..], name);
            var next = same ? EndOf(open) : open + 1;
            depth +=
                !same ? 0
                : isEnd ? -1
                : IsClosed(name, next) ? 0
                : 1;
            depth = Raw.Contains(name) ? Math.Min(depth, 1) : depth;
            at = next;
        }

        return depth > 0 && name is "script" or "style" ? html.Length : at;
    }

    private static bool IsNamed(ReadOnlySpan<char> tag, string name) =>
        tag.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (tag.Length == name.Length || NameEnds.Contains(tag[name.Length]));

    private int LastEnd(string name)
    {
        if (!lastEnds.TryGetValue(name, out var last))
        {
            last = html.Length;
            do
            {
                last = last == 0 ? -1 : html.LastIndexOf($"</{name}", last - 1, StringComparison.OrdinalIgnoreCase);
            } while (last >= 0 && !IsNamed(html.AsSpan(last + 2), name));

            lastEnds[name] = last;
        }

        return last;
    }

    /// <summary>Over all that stands in what is not shown. As in a browser, one that is never closed hides all that follows.</summary>
    private int Hide(string name, int at)
    {
        Between(name);
        var endsAlone = name == "p" || (EndsAlone.Contains(name) && LastEnd(name) < at);
        for (var depth = 1; depth > 0; )
        {
            var open = html.IndexOf('<', at);
            if (open < 0)
            {
                return html.Length;
            }

            var isEnd = html.AsSpan(open + 1) is ['/', ..];
            var from = open + (isEnd ? 2 : 1);
            if (from >= html.Length || !char.IsAsciiLetter(html[from]))
            {
                at = html.AsSpan(open) is ['<', '!' or '?', ..] ? Tag(open) : open + 1;
                continue;
            }

            var other = NameAt(from);
            if (endsAlone && (isEnd ? other != name && !Inline.Contains(other) : other == name))
            {
                return open;
            }

            at = EndOf(open);
            depth +=
                other != name ? 0
                : isEnd ? -1
                : 1;
            at = !isEnd && Raw.Contains(other) ? Skip(other, at) : at;
        }

        return at;
    }

    private int Begins(string name, int after)
    {
        switch (name)
        {
            case ['h', >= '1' and <= '6']:
                lines.Begin(BlockKind.Heading, name[1] - '0');
                break;
            case "pre":
                lines.Begin(BlockKind.Code);
                break;
            case "ul" or "ol":
                lines.BeginList();
                break;
            case "li":
                lines.Item();
                break;
            case "tr":
                lines.Begin(BlockKind.Row);
                break;
            case "br":
                lines.Break();
                break;
            case "td" or "th":
                lines.Cell();
                break;
            default:
                Between(name);
                break;
        }

        return after;
    }

    private void Ends(string name)
    {
        switch (name)
        {
            case ['h', >= '1' and <= '6'] or "pre" or "tr":
                lines.Flush();
                break;
            case "ul" or "ol":
                lines.EndList();
                break;
            case "td" or "th" or "li":
                break;
            default:
                Between(name);
                break;
        }
    }

    private void Between(string name)
    {
        if (!Inline.Contains(name))
        {
            lines.Part();
        }
    }
}
