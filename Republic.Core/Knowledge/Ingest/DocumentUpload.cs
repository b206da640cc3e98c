using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Republic.Core.Datasets.Uploads;
using Republic.Core.Knowledge.Reading;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>Takes a document in, straight to the disk, and looks what it is. Whatever goes wrong leaves nothing behind.</summary>
public sealed class DocumentUpload(DocumentFiles files, DocumentQuota quota, IOptions<IngestOptions> options)
{
    private const int Chunk = 1 << 17;

    /// <param name="fileName">Shown, and asked for the format of what is text.</param>
    public async Task<Outcome<ReceivedDocument>> ReceiveAsync(Guid owner, Stream content, string? fileName, CancellationToken ct)
    {
        var used = await quota.UsedAsync(owner, ct);
        var document = Guid.CreateVersion7();
        var isWhole = false;
        var bytes = 0L;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            var refused = await WriteAsync(content, files.UnfinishedPathOf(document), Take, ct);
            if (refused is not null || bytes == 0)
            {
                return refused ?? Failure.Invalid("file", "The file is empty.");
            }

            File.Move(files.UnfinishedPathOf(document), files.PathOf(document));
            var name = DatasetUpload.ShownName(fileName) ?? "Document";
            var format = DocumentKind.Of(files.PathOf(document), name, options.Value);
            if (!format.Ok)
            {
                return format.Failure;
            }

            isWhole = true;
            var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            return new ReceivedDocument(files, document, name, format.Value, sha256) { Bytes = bytes };
        }
        catch (Exception error) when (DiskFaults.IsFull(error))
        {
            return Failure.Conflict(
                "The server's disk is full, so this could not be kept. Nothing of it is left behind; try again when there is room."
            );
        }
        finally
        {
            quota.Count(owner, -bytes);
            if (!isWhole)
            {
                files.Delete(document);
            }
        }

        Failure? Take(ReadOnlyMemory<byte> chunk)
        {
            bytes += chunk.Length;
            quota.Count(owner, chunk.Length);
            hash.AppendData(chunk.Span);
            return bytes > quota.MaxFile ? quota.TooLarge() : quota.Refusal(owner, used, 0);
        }
    }

    private static async Task<Failure?> WriteAsync(
        Stream content,
        string path,
        Func<ReadOnlyMemory<byte>, Failure?> take,
        CancellationToken ct
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            await using var file = new FileStream(
                path,
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                bufferSize: 0,
                useAsync: true
            );
            int read;
            while ((read = await content.ReadAtLeastAsync(buffer.AsMemory(0, Chunk), Chunk, throwOnEndOfStream: false, ct)) > 0)
            {
                var chunk = buffer.AsMemory(0, read);
                if (take(chunk) is { } refused)
                {
                    return refused;
                }

                await file.WriteAsync(chunk, ct);
            }

            file.Flush(flushToDisk: true);
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
