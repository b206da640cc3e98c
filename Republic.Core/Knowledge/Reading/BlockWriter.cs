using System.Globalization;
using System.Text;
using Republic.Core.Knowledge.Ingest;

namespace Republic.Core.Knowledge.Reading;

/// <summary>Puts a document's text together, block by block: characters that nothing could keep are left out, and no text grows without end.</summary>
internal sealed class BlockWriter(IngestOptions limits)
{
    /// <summary>What is longer is no heading, whatever its format says.</summary>
    private const int LongestHeading = 200;

    private readonly StringBuilder text = new();
    private readonly List<Block> blocks = [];

    public bool IsEmpty => blocks.Count == 0;

    public void Add(BlockKind kind, ReadOnlySpan<char> raw, int level = 0, int? page = null)
    {
        // Before anything is copied of it.
        Check(text.Length + raw.Length);
        // The first line of code may be indented.
        var trimmed = kind == BlockKind.Code ? raw.TrimEnd().TrimStart("\r\n") : raw.Trim();
        if (trimmed.IsWhiteSpace())
        {
            return;
        }

        var before = text.Length;
        if (blocks.Count > 0)
        {
            text.Append(kind == BlockKind.Row && blocks[^1].Kind == BlockKind.Row && !trimmed.Contains('\n') ? "\n" : "\n\n");
        }

        var start = text.Length;
        Copy(trimmed, isLine: kind == BlockKind.Heading);
        // Of marks that nothing keeps with spaces between them, only the spaces are left.
        if (string.IsNullOrWhiteSpace(text.ToString(start, text.Length - start)))
        {
            text.Length = before;
            return;
        }

        var length = text.Length - start;
        var isHeading = kind == BlockKind.Heading && length <= LongestHeading;
        blocks.Add(
            new Block(kind == BlockKind.Heading && !isHeading ? BlockKind.Paragraph : kind, start, length, isHeading ? level : 0, page)
        );
        if (blocks.Count > limits.MaxBlocks)
        {
            throw new UnreadableException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The file has more than {limits.MaxBlocks:n0} paragraphs or rows. Split it, and upload the parts."
                )
            );
        }
    }

    /// <summary>Refuses what is longer than a document may be.</summary>
    public void Check(long characters)
    {
        if (characters > limits.MaxCharacters)
        {
            throw new UnreadableException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The file holds more than {limits.MaxCharacters:n0} characters of text. Split it, and upload the parts."
                )
            );
        }
    }

    public ReadDocument ToDocument(int? pages = null)
    {
        var whole = text.ToString();
        return new ReadDocument(whole, blocks, LanguageGuess.Of(whole), pages);
    }

    private void Copy(ReadOnlySpan<char> raw, bool isLine)
    {
        for (var at = 0; at < raw.Length; at++)
        {
            var letter = raw[at];
            if (letter is '\r' or '\n')
            {
                at += letter == '\r' && at + 1 < raw.Length && raw[at + 1] == '\n' ? 1 : 0;
                text.Append(isLine ? ' ' : '\n');
            }
            else if (char.IsHighSurrogate(letter) && at + 1 < raw.Length && char.IsLowSurrogate(raw[at + 1]))
            {
                text.Append(letter).Append(raw[++at]);
            }
            else if (char.IsSurrogate(letter))
            {
                text.Append('\uFFFD');
            }
            else if (letter == '\t' || (!char.IsControl(letter) && letter != '\uFEFF'))
            {
                text.Append(letter);
            }
        }
    }
}
