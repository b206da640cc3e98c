using System.Buffers;
using Republic.Core.PersonalModels.Sources;

namespace Republic.Core.PersonalModels.Downloads;

/// <summary>
/// Writes to the disk what a source sends. One buffer is filled while the other is hashed, which takes as long as the rest: a second core
/// does it, and memory does not grow with the file.
/// </summary>
internal sealed class DownloadReceiver(PartialFile file, DownloadMeter meter, TimeProvider time)
{
    // A kill loses what one of them held.
    private const int BufferBytes = 1 << 19;
    private const int Enough = BufferBytes / 2;
    private static readonly TimeSpan LongestHeld = TimeSpan.FromMilliseconds(250);

    private byte[] filling = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private byte[] spare = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private Task hashing = Task.CompletedTask;
    private int filled;

    /// <param name="most">Bytes that the file may have. What goes beyond it is not written.</param>
    /// <returns>False: there were more.</returns>
    /// <exception cref="SourceException">The connection broke off. What came is written then, too.</exception>
    public async Task<bool> ReceiveAsync(SourceAnswer answer, long most, CancellationToken ct)
    {
        try
        {
            var (end, handed) = (file.Length, time.GetTimestamp());
            int read;
            while ((read = await answer.ReadAsync(filling.AsMemory(filled, BufferBytes - filled), ct)) > 0)
            {
                end += read;
                if (end > most)
                {
                    return false;
                }

                filled += read;
                meter.Receive(read);
                if (filled >= Enough || time.GetElapsedTime(handed) > LongestHeld)
                {
                    await HandOverAsync();
                    handed = time.GetTimestamp();
                }
            }

            return true;
        }
        finally
        {
            await CloseAsync();
        }
    }

    private async Task HandOverAsync()
    {
        file.Write(filling.AsSpan(0, filled));
        await hashing;
        var (full, count) = (filling, filled);
        (filling, spare, filled) = (spare, filling, 0);
        hashing = Task.Run(() => file.Hash(full.AsSpan(0, count)), CancellationToken.None);
    }

    private async Task CloseAsync()
    {
        await HandOverAsync();
        await hashing;
        ArrayPool<byte>.Shared.Return(filling);
        ArrayPool<byte>.Shared.Return(spare);
    }
}
