using System.Net;
using System.Text;

namespace Republic.Core.Knowledge.Reading;

/// <summary>Lines of a page as they come, until they are a block.</summary>
internal sealed class HtmlLines(BlockWriter into)
{
    private readonly StringBuilder line = new();
    private readonly StringBuilder block = new();
    private BlockKind kind = BlockKind.Paragraph;
    private int level;
    private int lists;

    /// <summary>The line has no text yet. To look that up for each cell would be to read the line as often as it has cells.</summary>
    private bool isBlank = true;

    public void Append(ReadOnlySpan<char> raw)
    {
        into.Check(line.Length + block.Length + raw.Length);
        var text = WebUtility.HtmlDecode(raw.ToString());
        isBlank &= string.IsNullOrWhiteSpace(text);
        line.Append(text);
    }

    public void Begin(BlockKind next, int headingLevel = 0)
    {
        Flush();
        (kind, level) = (next, headingLevel);
    }

    public void BeginList()
    {
        if (lists++ == 0)
        {
            Begin(BlockKind.List);
        }
        else
        {
            Break();
        }
    }

    public void EndList()
    {
        lists = Math.Max(0, lists - 1);
        if (lists == 0)
        {
            Flush();
        }
    }

    public void Item()
    {
        Break();
        line.Append(' ', Math.Max(0, Math.Min(lists, 8) - 1) * 2).Append("- ");
        isBlank = false;
    }

    public void Cell()
    {
        if (kind == BlockKind.Row && !isBlank)
        {
            line.Append(" | ");
        }
    }

    /// <summary>A part of the page begins or ends: a block does too, unless it is one of several lines.</summary>
    public void Part()
    {
        if (kind == BlockKind.Row)
        {
            line.Append(' ');
        }
        else if (kind == BlockKind.Code)
        {
            return;
        }
        else if (lists == 0)
        {
            Flush();
        }
        else if (line.Length > 0 && line[^1] != ' ')
        {
            line.Append(' ');
        }
    }

    public void Break()
    {
        if (kind is BlockKind.Row or BlockKind.Heading)
        {
            line.Append(' ');
            return;
        }

        var text = kind == BlockKind.Code ? line.ToString() : Collapsed(line);
        Clear();
        if (kind == BlockKind.Code || text.AsSpan().Trim(" -").Length > 0)
        {
            block.Append(block.Length > 0 ? "\n" : "").Append(text);
        }
    }

    public void Flush()
    {
        if (kind is BlockKind.Row or BlockKind.Heading)
        {
            block.Append(Collapsed(line));
            Clear();
        }
        else
        {
            Break();
        }

        if (block.Length > 0)
        {
            into.Add(kind, block.ToString(), level);
        }

        block.Clear();
        (kind, level) = (lists > 0 ? BlockKind.List : BlockKind.Paragraph, 0);
    }

    private void Clear()
    {
        line.Clear();
        isBlank = true;
    }

    /// <summary>One space for all white space in a row; what a list item is indented by stays.</summary>
    private static string Collapsed(StringBuilder raw)
    {
        var text = raw.ToString();
        var indent = text.AsSpan().TrimStart(' ').StartsWith("- ") ? text.Length - text.AsSpan().TrimStart(' ').Length : 0;
        return new string(' ', indent) + string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
