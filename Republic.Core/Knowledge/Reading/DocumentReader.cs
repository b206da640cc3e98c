using Microsoft.Extensions.Options;
using Republic.Core.Knowledge.Ingest;

namespace Republic.Core.Knowledge.Reading;

/// <summary>Reads a file of any format as one text with its structure.</summary>
internal sealed class DocumentReader(PdfText pdf, IOptions<IngestOptions> options)
{
    public async Task<Outcome<ReadDocument>> ReadAsync(string path, DocumentFormat format, CancellationToken ct)
    {
        var into = new BlockWriter(options.Value);
        int? pages = null;
        try
        {
            if (format == DocumentFormat.Pdf)
            {
                pages = await pdf.ReadAsync(path, into, ct);
            }
            else if (format == DocumentFormat.Docx)
            {
                await using var file = File.OpenRead(path);
                DocxReader.Read(file, into, options.Value, ct);
            }
            else
            {
                Read(TextDecoding.Decode(await File.ReadAllBytesAsync(path, ct)), format, into, ct);
            }

            return !into.IsEmpty ? into.ToDocument(pages)
                : format == DocumentFormat.Pdf
                    ? Refuse(
                        "There is no text in this PDF: its pages are probably pictures. Let a program for text recognition (such as OCRmyPDF) read it first, and upload what comes out."
                    )
                : Refuse("There is no text in this file.");
        }
        catch (UnreadableException error)
        {
            return Refuse(error.Message);
        }
    }

    private static void Read(string text, DocumentFormat format, BlockWriter into, CancellationToken ct)
    {
        into.Check(format == DocumentFormat.Html ? 0 : text.Length);
        switch (format)
        {
            case DocumentFormat.Markdown:
                MarkdownReader.Read(text, into);
                break;
            case DocumentFormat.Html:
                HtmlReader.Read(text, into, ct);
                break;
            case DocumentFormat.Csv:
                TableReader.Read(text, into, ct);
                break;
            case DocumentFormat.Json:
                JsonReader.Read(text, into, ct);
                break;
            default:
                PlainTextReader.Read(text, into);
                break;
        }
    }

    private static Failure Refuse(string message) => Failure.Invalid("file", message);
}
