using System.Buffers;
using Republic.Core.PersonalModels.Sources;

namespace Republic.Core.PersonalModels.Downloads;

/// <summary>
/// Writes to the disk what a source sends, and hashes it meanwhile on a second core. What comes during that the system holds, so that the
/// next read finds much at once, and memory does not grow with the file.
/// </summary>
internal sealed class DownloadReceiver(PartialFile file, DownloadMeter meter, TimeProvider time)
{
    // A kill loses what it held.
    private const int BufferBytes = 1 << 19;
    private const int Enough = BufferBytes / 2;
    private static readonly TimeSpan LongestHeld = TimeSpan.FromMilliseconds(250);

    // A source that sends a byte now and then would hold for months what others wait for.
    private const int LeastPerSecond = 1 << 10;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int filled;

    /// <param name="most">Bytes that the file may have. What goes beyond it is not written.</param>
    /// <returns>False: there were more.</returns>
    /// <exception cref="SourceException">The connection broke off. What came is written then, too.</exception>
    public async Task<bool> ReceiveAsync(SourceAnswer answer, long most, CancellationToken ct)
    {
        try
        {
            var (end, stored) = (file.Length, time.GetTimestamp());
            var (periodEnd, periodStart) = (end, stored);
            int read;
            while ((read = await answer.ReadAsync(buffer.AsMemory(filled, BufferBytes - filled), ct)) > 0)
            {
                end += read;
                if (end > most)
                {
                    return false;
                }

                filled += read;
                meter.Receive(read);
                if (filled >= Enough || time.GetElapsedTime(stored) > LongestHeld)
                {
                    await StoreAsync();
                    stored = time.GetTimestamp();
                }

                if (time.GetElapsedTime(periodStart) > Period)
                {
                    RefuseSlow(answer, end - periodEnd, time.GetElapsedTime(periodStart));
                    (periodEnd, periodStart) = (end, time.GetTimestamp());
                }
            }

            return true;
        }
        finally
        {
            await StoreAsync();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void RefuseSlow(SourceAnswer answer, long bytes, TimeSpan period)
    {
        if (bytes < LeastPerSecond * period.TotalSeconds)
        {
            throw new SourceException($"{answer.Host} sends less than {ByteSize.Of(LeastPerSecond)} a second.", isTransient: true)
            {
                IsSlow = true,
            };
        }
    }

    private async Task StoreAsync()
    {
        var hashing = Task.Run(() => file.Hash(buffer.AsSpan(0, filled)), CancellationToken.None);
        try
        {
            file.Write(buffer.AsSpan(0, filled));
        }
        finally
        {
            await hashing;
        }

        filled = 0;
    }
}
