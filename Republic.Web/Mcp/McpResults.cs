using System.Text;
using ModelContextProtocol.Protocol;
using Republic.Core;
using Republic.Core.Answering.Tools;

namespace Republic.Web.Mcp;

/// <summary>The results of tools: text, or why there is none.</summary>
internal static class McpResults
{
    private const int LongestLine = 300;
    private const string Cut = "\n\n[The rest is left out: a result has at most 32 KB.]";

    public static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = Short(text) }] };

    /// <summary>An error for the model that called, which may put it right; an error of the protocol would go to its program.</summary>
    public static CallToolResult Error(Failure failure)
    {
        IEnumerable<string> messages = failure.Fields.Count > 0 ? failure.Fields.Select(field => field.Message) : [failure.Message];
        return new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = Short(string.Join(' ', messages)) }] };
    }

    public static CallToolResult ToToolResult<T>(this Outcome<T> outcome, Func<T, string> text) =>
        outcome.Ok ? Text(text(outcome.Value)) : Error(outcome.Failure);

    /// <summary>A text in a list: on one line, and not the whole of a long one.</summary>
    public static string InLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > LongestLine ? $"{line.AtMost(LongestLine)}…" : line;
    }

    private static string Short(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= ToolCall.MaxResult)
        {
            return text;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        var end = ToolCall.MaxResult - Encoding.UTF8.GetByteCount(Cut);
        // Not within a character: its second byte and those after begin with the bits 10.
        while ((bytes[end] & 0b1100_0000) == 0b1000_0000)
        {
            end--;
        }

        return Encoding.UTF8.GetString(bytes, 0, end) + Cut;
    }
}
