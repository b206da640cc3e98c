using System.Globalization;
using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Republic.Core.Chats.Messages;

namespace Republic.Core.Chats.Prose;

/// <summary>Finds citations of passages that exist. Everything else in square brackets is left to Markdown.</summary>
internal sealed class CiteParser : InlineParser
{
    private const int Longest = 24;
    private static readonly object Key = new();

    public CiteParser() => OpeningCharacters = ['['];

    public static MarkdownParserContext? Context(Citations? citations)
    {
        if (citations is not { Passages: > 0 })
        {
            return null;
        }

        var context = new MarkdownParserContext();
        context.Properties[Key] = citations;
        return context;
    }

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (processor.Context?.Properties.GetValueOrDefault(Key) is not Citations citations)
        {
            return false;
        }

        var rest = slice.AsSpan();
        var end = rest[..Math.Min(rest.Length, Longest)].IndexOf(']');
        // [1](address) is a link, whatever its words are.
        if (end < 2 || (rest.Length > end + 1 && rest[end + 1] == '('))
        {
            return false;
        }

        List<int> numbers = [];
        foreach (var part in rest[1..end].ToString().Split([',', ';']))
        {
            if (
                !int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < 1
                || number > citations.Passages
            )
            {
                return false;
            }

            numbers.Add(number);
        }

        processor.Inline = new CiteInline(citations.Message, numbers);
        slice.Start += end + 1;
        return true;
    }
}
