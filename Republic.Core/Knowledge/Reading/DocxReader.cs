using System.IO.Compression;
using System.Xml;
using Republic.Core.Knowledge.Ingest;

namespace Republic.Core.Knowledge.Reading;

/// <summary>A Word document: its archive is opened only after <see cref="ZipDirectory"/>, and its XML is read as a stream.</summary>
internal static class DocxReader
{
    public const string Body = "word/document.xml";

    private const string Styles = "word/styles.xml";
    private const int Deepest = 500;

    public static void Read(Stream file, BlockWriter into, IngestOptions limits, CancellationToken ct)
    {
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read);
            var levels = archive.GetEntry(Styles) is { } styles ? HeadingLevels(styles, limits, ct) : [];
            var body = archive.GetEntry(Body) ?? throw new UnreadableException("The archive holds no Word document.");
            using var xml = Open(body, limits);
            var paragraphs = new DocxParagraphs(into, levels);
            while (Next(xml, ct))
            {
                paragraphs.Take(xml);
            }
        }
        catch (Exception error) when (error is XmlException or InvalidDataException or EndOfStreamException)
        {
            throw new UnreadableException(
                "This is not a whole Word document: its archive or its XML is broken. Save it again in Word, and upload that."
            );
        }
    }

    /// <summary>Which styles are headings. Their ids are in the language of whoever wrote the document; their names are not.</summary>
    private static Dictionary<string, int> HeadingLevels(ZipArchiveEntry entry, IngestOptions limits, CancellationToken ct)
    {
        var levels = new Dictionary<string, int>(StringComparer.Ordinal);
        using var xml = Open(entry, limits);
        string? style = null;
        while (Next(xml, ct))
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "style")
            {
                style = DocxParagraphs.Attribute(xml, "styleId");
            }
            else if (style is not null && xml.LocalName == "name" && LevelOf(DocxParagraphs.Attribute(xml, "val")) is { } named)
            {
                levels[style] = named;
            }
            else if (style is not null && xml.LocalName == "outlineLvl" && DocxParagraphs.OutlineLevel(xml) is { } level)
            {
                levels.TryAdd(style, level);
            }
        }

        return levels;
    }

    private static int? LevelOf(string? name) =>
        name?.ToLowerInvariant() switch
        {
            "title" => 1,
            ['h', 'e', 'a', 'd', 'i', 'n', 'g', ' ', >= '1' and <= '9' and var digit] => digit - '0',
            _ => null,
        };

    private static XmlReader Open(ZipArchiveEntry entry, IngestOptions limits) =>
        XmlReader.Create(
            new BoundedStream(entry.Open(), limits.MaxUnpackedBytes),
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                CloseInput = true,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
            }
        );

    private static bool Next(XmlReader xml, CancellationToken ct)
    {
        if (!Read(xml, ct))
        {
            return false;
        }

        if (xml is { NodeType: XmlNodeType.Element, LocalName: "Fallback", IsEmptyElement: false })
        {
            // The same text once more, for programs that cannot draw it otherwise.
            var depth = xml.Depth;
            while (Read(xml, ct) && xml.Depth > depth) { }
        }

        return !xml.EOF;
    }

    private static bool Read(XmlReader xml, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return xml.Depth <= Deepest
            ? xml.Read()
            : throw new UnreadableException(
                "The document is nested deeper than Word ever writes it. Save it again in Word, and upload that."
            );
    }
}
