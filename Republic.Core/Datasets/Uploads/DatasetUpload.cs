using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Republic.Core.Datasets.Reading;

namespace Republic.Core.Datasets.Uploads;

/// <summary>Takes a file in, straight to the disk: memory does not grow with it. Whatever goes wrong leaves nothing behind.</summary>
public sealed class DatasetUpload(DatasetFiles files, UploadLimits limits)
{
    private const int Chunk = 1 << 18;
    private const int MaxName = 200;

    /// <param name="fileName">Only shown.</param>
    /// <param name="coming">How many bytes the sender says are still to come, to refuse early what has no room.</param>
    public async Task<Outcome<ReceivedSource>> ReceiveAsync(Guid owner, Stream content, string? fileName, long coming, CancellationToken ct)
    {
        var used = await limits.UsedAsync(owner, ct);
        if (limits.Refusal(owner, used, coming) is { } noRoom)
        {
            return noRoom;
        }

        var dataset = Guid.CreateVersion7();
        var received = new Reception(owner, used);
        var isWhole = false;
        try
        {
            files.Make(dataset);
            var refused = await WriteAsync(received, content, files.UnfinishedSourceOf(dataset), ct);
            if (refused is not null)
            {
                return refused;
            }

            File.Move(files.UnfinishedSourceOf(dataset), files.SourceOf(dataset));
            isWhole = true;
            return new ReceivedSource(
                files,
                dataset,
                ShownName(fileName),
                received.Bytes,
                Convert.ToHexStringLower(received.Hash.GetHashAndReset())
            );
        }
        catch (Exception error) when (DiskFaults.IsFull(error))
        {
            return Failure.Conflict(DiskFaults.NoRoom);
        }
        finally
        {
            limits.Count(owner, -received.Bytes);
            received.Hash.Dispose();
            if (!isWhole)
            {
                files.Delete(dataset);
            }
        }
    }

    /// <summary>Rows that came as JSON, one a line as a file would have them.</summary>
    public async Task<Outcome<ReceivedSource>> ReceiveRowsAsync(Guid owner, JsonElement rows, CancellationToken ct)
    {
        using var lines = new MemoryStream();
        foreach (var row in rows.EnumerateArray())
        {
            var start = (int)lines.Length;
            // As they came, so that a broken character is judged where a file's are. A line end can only stand between values.
            lines.Write(JsonMarshal.GetRawUtf8Value(row));
            var written = lines.GetBuffer().AsSpan(start, (int)lines.Length - start);
            written.Replace((byte)'\n', (byte)' ');
            written.Replace((byte)'\r', (byte)' ');
            lines.WriteByte((byte)'\n');
        }

        lines.Position = 0;
        return await ReceiveAsync(owner, lines, fileName: null, lines.Length, ct);
    }

    /// <summary>The name without folders and without what would disturb a line of text.</summary>
    public static string? ShownName(string? fileName)
    {
        var name = new string([.. (fileName ?? "").Split('/', '\\')[^1].Where(letter => !Disturbs(letter))]).Trim();
        // Half of a character could not be stored.
        var length = name.Length > MaxName && char.IsHighSurrogate(name[MaxName - 1]) ? MaxName - 1 : Math.Min(name.Length, MaxName);
        return length == 0 ? null : name[..length];
    }

    private async Task<Failure?> WriteAsync(Reception received, Stream content, string path, CancellationToken ct)
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
                if (received.Bytes == 0 && SourceStart.Refusal(chunk.Span) is { } refused)
                {
                    return refused;
                }

                received.Bytes += read;
                limits.Count(received.Owner, read);
                if (received.Bytes > limits.MaxUpload)
                {
                    return limits.TooLarge();
                }

                if (limits.LeftOf(received.Owner, received.Used) < 0)
                {
                    return limits.OverQuota(received.Used);
                }

                received.Hash.AppendData(chunk.Span);
                await file.WriteAsync(chunk, ct);
            }

            if (received.Bytes == 0)
            {
                return Failure.Invalid("file", "The file is empty.");
            }

            file.Flush(flushToDisk: true);
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Marks that turn the reading direction around make gpj.exe look like exe.jpg.
    private static bool Disturbs(char letter) =>
        char.GetUnicodeCategory(letter)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    private sealed class Reception(Guid owner, long used)
    {
        public Guid Owner => owner;

        public long Used => used;

        public long Bytes { get; set; }

        public IncrementalHash Hash { get; } = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    }
}
