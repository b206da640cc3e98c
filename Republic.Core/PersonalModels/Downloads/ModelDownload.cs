using Republic.Core.Files;
using Republic.Core.PersonalModels.Sources;

namespace Republic.Core.PersonalModels.Downloads;

/// <summary>Fetches a file from where a person points, whatever happens to the connection, and hashes it as it is written.</summary>
public sealed class ModelDownload(SourceClient sources, TimeProvider time)
{
    /// <param name="report">Is called about four times a second and when something changes, never twice at once.</param>
    /// <param name="ct">Ends it; what came until then is on the disk.</param>
    public async Task<DownloadResult> RunAsync(DownloadOrder order, Action<DownloadProgress> report, CancellationToken ct)
    {
        PartialFile file;
        try
        {
            file = PartialFile.Open(order.Path);
        }
        catch (IOException error) when (PartialFile.IsInUse(error))
        {
            return new DownloadResult(DownloadEnd.InUse, "This file is being downloaded already.");
        }

        using (file)
        {
            await using var meter = new DownloadMeter(report, time) { Bytes = file.Length };
            try
            {
                return await new DownloadRun(sources, order, file, meter, time).RunAsync(ct);
            }
            catch (Exception error) when (DiskFaults.IsFull(error))
            {
                return new DownloadResult(
                    DownloadEnd.DiskFull,
                    $"The server's disk is full. The {ByteSize.Of(file.Length)} downloaded so far are kept; free some space, then resume."
                );
            }
        }
    }
}
