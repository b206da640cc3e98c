using Microsoft.Extensions.Options;
using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Ingest;
using Republic.Core.Knowledge.Reading;

namespace Republic.Tests.Unit.Knowledge;

/// <summary>Bytes as a document of some name, read as an upload is.</summary>
internal static class DocumentBytes
{
    public static async Task<Outcome<ReadDocument>> ReadAsync(string name, byte[] bytes, IngestOptions? limits = null)
    {
        limits ??= new IngestOptions();
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
            var format = DocumentKind.Of(path, name, limits);
            return format.Ok ? await ReadAsync(path, format.Value, limits) : format.Failure;
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static Task<Outcome<ReadDocument>> ReadAsync(string name, string text, IngestOptions? limits = null) =>
        ReadAsync(name, System.Text.Encoding.UTF8.GetBytes(text), limits);

    /// <summary>Kinds of its blocks with their texts: <c>Heading1 Returns</c>.</summary>
    public static IEnumerable<string> Blocks(ReadDocument document) =>
        document.Blocks.Select(block =>
            $"{block.Kind}{(block.Level > 0 ? $"{block.Level}" : "")} {document.Text.Substring(block.Start, block.Length)}"
        );

    private static Task<Outcome<ReadDocument>> ReadAsync(string path, DocumentFormat format, IngestOptions limits)
    {
        var options = Options.Create(limits);
        var reader = new DocumentReader(new PdfText(options, TimeProvider.System), options);
        return reader.ReadAsync(path, format, TestContext.Current.CancellationToken);
    }
}
