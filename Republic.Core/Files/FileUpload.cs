using System.Buffers;

namespace Republic.Core.Files;

/// <summary>
/// Writes uploaded files of one kind straight to the disk, in constant memory. An upload that fails leaves no file behind.
/// </summary>
/// <param name="disk">Refuses what would take space that is reserved; null: nothing is.</param>
public abstract class FileUpload(FileStore<Guid> files, FileQuota quota, DiskSpace? disk = null)
{
    private const int Chunk = 1 << 18;

    public FileQuota Quota => quota;

    /// <summary>Receives one file and counts it against the owner's quota.</summary>
    /// <param name="content">The bytes of the file, read to the end.</param>
    /// <param name="fileName">The name that the sender gave the file; null where there is none.</param>
    /// <returns>The file, to keep or dispose of; or a failure: file too large, empty or of a wrong format, quota exceeded, disk full.</returns>
    public Task<Outcome<ReceivedFile>> ReceiveAsync(Guid owner, Stream content, string? fileName, CancellationToken ct) =>
        ReceiveNewAsync(owner, content, fileName, Guid.CreateVersion7(), ct);

    /// <inheritdoc cref="ReceiveAsync(Guid, Stream, string, CancellationToken)"/>
    /// <param name="known">The id of the file, where it is known before and no row has it. What an earlier attempt left there is deleted.</param>
    internal Task<Outcome<ReceivedFile>> ReceiveAsync(Guid owner, Stream content, string? fileName, Guid known, CancellationToken ct)
    {
        files.Delete(known);
        return ReceiveNewAsync(owner, content, fileName, known, ct);
    }

    /// <summary>Deletes a file that was kept; does nothing where it is gone already.</summary>
    internal void Delete(Guid id) => files.Delete(id);

    /// <summary>Judges a file by its first bytes, up to 256 KiB: null where they are fine, else the failure to show.</summary>
    protected virtual Failure? Refusal(ReadOnlySpan<byte> start) => null;

    private async Task<Outcome<ReceivedFile>> ReceiveNewAsync(Guid owner, Stream content, string? fileName, Guid id, CancellationToken ct)
    {
        var reservation = await quota.ReserveAsync(owner, ct);
        var file = new ReceivedFile(files, reservation, FileNames.Shown(fileName), id);
        var isWhole = false;
        try
        {
            var refused = await WriteAsync(file, reservation, content, ct);
            isWhole = refused is null;
            return refused is null ? file : refused;
        }
        catch (Exception error) when (DiskFaults.IsFull(error))
        {
            return quota.DiskFull;
        }
        finally
        {
            if (!isWhole)
            {
                file.Dispose();
            }
        }
    }

    private async Task<Failure?> WriteAsync(ReceivedFile file, FileReservation reservation, Stream content, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            await using var unfinished = new UnfinishedFile(files.PathOf(file.Id));
            int read;
            while ((read = await content.ReadAtLeastAsync(buffer.AsMemory(0, Chunk), Chunk, throwOnEndOfStream: false, ct)) > 0)
            {
                var chunk = buffer.AsMemory(0, read);
                var refused = file.Bytes == 0 ? Refusal(chunk.Span) : null;
                refused ??=
                    file.Bytes + read > quota.Limits.MaxFile ? quota.TooLarge
                    : disk?.Has(read) == false ? quota.DiskFull
                    : reservation.Extend(read);
                if (refused is not null)
                {
                    return refused;
                }

                file.Bytes += read;
                await unfinished.WriteAsync(chunk, ct);
            }

            if (file.Bytes == 0)
            {
                return Failure.Invalid("file", "The file is empty.");
            }

            file.Sha256 = await unfinished.FinishAsync();
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
