using Republic.Core.Knowledge.Ingest;

namespace Republic.Core.Knowledge.Reading;

/// <summary>What a file is: by its content, and by its name where that is text of some format. The browser's word is not asked.</summary>
internal static class DocumentKind
{
    private const int LookedAt = 1 << 16;

    private static readonly (byte[] Magic, string What)[] Foreign =
    [
        ([0x1F, 0x8B], "a gzip archive. Unpack it, and upload what is in it"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive. Unpack it, and upload what is in it"),
        ([0x42, 0x5A, 0x68], "a bzip2 archive. Unpack it, and upload what is in it"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz archive. Unpack it, and upload what is in it"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive. Unpack it, and upload what is in it"),
        ([0x52, 0x61, 0x72, 0x21], "a RAR archive. Unpack it, and upload what is in it"),
        ([0xD0, 0xCF, 0x11, 0xE0], "a document of an old Office. Save it as DOCX or PDF, and upload that"),
        ([0x7B, 0x5C, 0x72, 0x74, 0x66], "an RTF document. Save it as DOCX or PDF, and upload that"),
        ([0x89, 0x50, 0x4E, 0x47], "a picture. Only text can be read"),
        ([0xFF, 0xD8, 0xFF], "a picture. Only text can be read"),
        ([0x47, 0x49, 0x46, 0x38], "a picture. Only text can be read"),
    ];

    public static Outcome<DocumentFormat> Of(string path, string name, IngestOptions limits)
    {
        using var file = File.OpenRead(path);
        var start = new byte[Math.Min(file.Length, LookedAt)];
        file.ReadExactly(start);
        var extension = Path.GetExtension(name).ToLowerInvariant();
        if (start.AsSpan(0, Math.Min(start.Length, 1024)).IndexOf("%PDF-"u8) >= 0)
        {
            return DocumentFormat.Pdf;
        }

        if (start is [0x50, 0x4B, 3 or 5, 4 or 6, ..])
        {
            return Archive(file, limits);
        }

        foreach (var (magic, what) in Foreign)
        {
            if (start.AsSpan().StartsWith(magic))
            {
                return Refuse($"This is {what}.");
            }
        }

        return extension is ".pdf" or ".docx"
                ? Refuse(
                    $"This is called {extension}, but it is {(TextDecoding.IsText(start) ? "plain text" : "something else")}. Upload the document itself."
                )
            : !TextDecoding.IsText(start) ? Refuse("This is no text. Documents are text, Markdown, HTML, CSV, JSON, DOCX or PDF.")
            : file.Length > limits.MaxTextBytes
                ? Refuse($"A text file has at most {ByteSize.Of(limits.MaxTextBytes)}. Split it, and upload the parts.")
            : Text(extension, start);
    }

    private static DocumentFormat Text(string extension, byte[] start) =>
        extension switch
        {
            ".md" or ".markdown" or ".mdx" => DocumentFormat.Markdown,
            ".html" or ".htm" or ".xhtml" => DocumentFormat.Html,
            ".csv" or ".tsv" => DocumentFormat.Csv,
            ".json" or ".jsonl" or ".ndjson" => DocumentFormat.Json,
            _ => IsPage(TextDecoding.Decode(start)) ? DocumentFormat.Html : DocumentFormat.Text,
        };

    private static bool IsPage(string text) =>
        text.AsSpan().TrimStart() is var start
        && (
            start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
        );

    private static Outcome<DocumentFormat> Archive(FileStream file, IngestOptions limits) =>
        ZipDirectory.Read(file, limits.MaxEntries) is not { } held
            ? Refuse("This archive is broken, or holds more files than a document has. It was not opened.")
        : held.Bytes > limits.MaxUnpackedBytes
            ? Refuse(
                $"This archive says that it unpacks to {ByteSize.Of(held.Bytes)}; a document has at most {ByteSize.Of(limits.MaxUnpackedBytes)}. It was not opened."
            )
        : held.Names.Contains(DocxReader.Body) ? DocumentFormat.Docx
        : held.Names.Contains("[Content_Types].xml")
            ? Refuse("This is an Office document that is not Word's. Save it as PDF or CSV, and upload that.")
        : held.Names.Contains("mimetype") ? Refuse("This is an OpenDocument or EPUB file. Save it as DOCX or PDF, and upload that.")
        : Refuse("This is a zip archive. Unpack it and send the files in it, several at once if you like.");

    private static Failure Refuse(string message) => Failure.Invalid("file", message);
}
