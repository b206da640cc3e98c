using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Republic.Core.Chats.Prose;

/// <summary>A table that scrolls inside itself. Alignment is an attribute: the page's policy allows no inline styles.</summary>
internal sealed class ScrollingTableRenderer : HtmlObjectRenderer<Table>
{
    protected override void Write(HtmlRenderer renderer, Table obj)
    {
        renderer.Write("<div class=\"table-wrap\" tabindex=\"0\"><table class=\"table\">");
        var isHead = false;
        var isBody = false;
        foreach (var row in obj.OfType<TableRow>())
        {
            if (row.IsHeader && !isHead)
            {
                renderer.Write("<thead>");
                isHead = true;
            }
            else if (!row.IsHeader && !isBody)
            {
                renderer.Write(isHead ? "</thead><tbody>" : "<tbody>");
                isBody = true;
            }

            WriteRow(renderer, obj, row);
        }

        renderer
            .Write(
                isBody ? "</tbody>"
                : isHead ? "</thead>"
                : ""
            )
            .Write("</table></div>");
    }

    private static void WriteRow(HtmlRenderer html, Table table, TableRow row)
    {
        html.Write("<tr>");
        for (var i = 0; i < row.Count; i++)
        {
            var tag = row.IsHeader ? "th" : "td";
            var align = i < table.ColumnDefinitions.Count ? table.ColumnDefinitions[i].Alignment : null;
            html.Write("<").Write(tag);
            html.Write(row.IsHeader ? " scope=\"col\"" : "");
            html.Write(
                align switch
                {
                    TableColumnAlign.Right => " data-align=\"right\"",
                    TableColumnAlign.Center => " data-align=\"center\"",
                    _ => "",
                }
            );
            html.Write(">");
            var before = html.ImplicitParagraph;
            html.ImplicitParagraph = true;
            html.Write(row[i]);
            html.ImplicitParagraph = before;
            html.Write("</").Write(tag).Write(">");
        }

        html.Write("</tr>");
    }
}
