using System.Globalization;
using System.Text;

namespace Republic.Core.Analytics;

/// <summary>Rows for other programs (RFC 4180). What is not known is empty, never 0.</summary>
public static class CsvTable
{
    private const string FormulaSigns = "=+-@\t\r";

    public static string Of(IEnumerable<string> head, IEnumerable<object?[]> rows)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', head).Append("\r\n");
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Cell(object? value) =>
        value switch
        {
            null => "",
            string words => Quoted(words),
            bool truth => truth ? "true" : "false",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime at => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    /// <summary>A spreadsheet would compute what begins like a formula, so that gets an apostrophe in front.</summary>
    private static string Quoted(string words)
    {
        var safe = words.Length > 0 && FormulaSigns.Contains(words[0]) ? $"'{words}" : words;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"")}\"" : safe;
    }
}
