using System.Globalization;
using System.Text;
using System.Xml;

namespace Republic.Core.Knowledge.Reading;

/// <summary>Paragraphs and table rows of a Word document, out of its elements as they come by.</summary>
internal sealed class DocxParagraphs(BlockWriter into, Dictionary<string, int> levels)
{
    /// <summary>A text box stands within a paragraph and has its own.</summary>
    private readonly Stack<Paragraph> open = [];

    /// <summary>Cells of the rows that are open; a table may stand in a cell.</summary>
    private readonly Stack<StringBuilder> rows = [];

    /// <summary>True for each open run whose text is hidden. One within a text box stands in another.</summary>
    private readonly Stack<bool> runs = [];

    private bool isText;

    /// <summary>Tracked moves that are open: their text stands once more where it was moved to.</summary>
    private int moved;

    /// <summary>Open properties that are not those of a run's text: of a paragraph's mark, or as they were before a tracked change.</summary>
    private int otherProperties;

    public void Take(XmlReader xml)
    {
        switch (xml.NodeType)
        {
            case XmlNodeType.Element
                when !xml.IsEmptyElement || xml.LocalName is not ("p" or "tr" or "t" or "r" or "moveFrom" or "pPr" or "rPrChange"):
                Begin(xml);
                break;
            case XmlNodeType.EndElement:
                End(xml.LocalName);
                break;
            case XmlNodeType.Text
            or XmlNodeType.SignificantWhitespace
            or XmlNodeType.Whitespace
            or XmlNodeType.CDATA when isText && open.Count > 0:
                Append(xml.Value);
                break;
        }
    }

    public static string? Attribute(XmlReader xml, string name) => xml.GetAttribute(name, xml.NamespaceURI) ?? xml.GetAttribute(name);

    public static int? OutlineLevel(XmlReader xml) =>
        int.TryParse(Attribute(xml, "val"), NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level < 9 ? level + 1 : null;

    private void Begin(XmlReader xml)
    {
        switch (xml.LocalName)
        {
            case "p":
                open.Push(new Paragraph());
                break;
            case "tr":
                rows.Push(new StringBuilder());
                break;
            case "t":
                isText = true;
                break;
            case "r":
                runs.Push(runs.Count > 0 && runs.Peek());
                break;
            case "moveFrom":
                moved++;
                break;
            case "pPr" or "rPrChange":
                otherProperties++;
                break;
            case "vanish" when otherProperties == 0 && runs.Count > 0 && Attribute(xml, "val") is not ("0" or "false" or "off"):
                runs.Pop();
                runs.Push(true);
                break;
            case "pStyle" when open.Count > 0 && Attribute(xml, "val") is { } style && levels.TryGetValue(style, out var level):
                open.Peek().Level = level;
                break;
            case "outlineLvl" when open.Count > 0 && OutlineLevel(xml) is { } outline:
                open.Peek().Level = outline;
                break;
            case "numPr" when open.Count > 0:
                open.Peek().IsItem = true;
                break;
            case "tab" or "ptab" when open.Count > 0:
                Append("\t");
                break;
            case "br" or "cr" when open.Count > 0:
                Append("\n");
                break;
            case "noBreakHyphen" when open.Count > 0:
                Append("-");
                break;
        }
    }

    private void End(string name)
    {
        switch (name)
        {
            case "t":
                isText = false;
                break;
            case "r":
                runs.TryPop(out _);
                break;
            case "moveFrom":
                moved--;
                break;
            case "pPr" or "rPrChange":
                otherProperties--;
                break;
            case "tc" when rows.Count > 0:
                var row = rows.Peek();
                row.Length -= row.Length > 0 && row[^1] == ' ' ? 1 : 0;
                row.Append(" | ");
                break;
            case "tr" when rows.TryPop(out var closed):
                Close(closed);
                break;
            case "p" when open.TryPop(out var paragraph):
                Close(paragraph);
                break;
        }
    }

    private void Close(StringBuilder row)
    {
        var text = row.ToString().TrimEnd(' ', '|');
        if (rows.Count > 0)
        {
            rows.Peek().Append(text).Append(' ');
        }
        else
        {
            into.Add(BlockKind.Row, text);
        }
    }

    private void Close(Paragraph paragraph)
    {
        var text = paragraph.Text.ToString();
        if (rows.Count > 0)
        {
            into.Check(rows.Peek().Length + text.Length);
            rows.Peek().Append(text.ReplaceLineEndings(" ").Trim()).Append(text.Length > 0 ? " " : "");
        }
        else if (paragraph.Level > 0)
        {
            into.Add(BlockKind.Heading, text, paragraph.Level);
        }
        else if (paragraph.IsItem && !string.IsNullOrWhiteSpace(text))
        {
            into.Add(BlockKind.List, $"- {text}");
        }
        else
        {
            into.Add(BlockKind.Paragraph, text);
        }
    }

    private void Append(string text)
    {
        if (moved > 0 || (runs.Count > 0 && runs.Peek()))
        {
            return;
        }

        into.Check(open.Peek().Text.Length + text.Length);
        open.Peek().Text.Append(text);
    }

    private sealed class Paragraph
    {
        public StringBuilder Text { get; } = new();

        public int Level { get; set; }

        public bool IsItem { get; set; }
    }
}
