using System.Text.Json;
using Republic.Core.Files;
using Republic.Core.Jobs;
using Republic.Core.PersonalModels.Downloads;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>Downloads the file, continuing after the bytes that are on the disk already.</summary>
internal sealed class DownloadStage(ModelDownload download, SplitDownload split, RemoteHeaders headers, IncomingFiles files, DiskSpace disk)
    : IInstallStage
{
    public ModelState State => ModelState.Downloading;

    public async Task<StageResult> RunAsync(JobRun run, PersonalModel model, CancellationToken ct)
    {
        files.Reopen(model.Id);
        var onDisk = files.BytesOf(model.Id);
        ReportProgress(run, new DownloadProgress(onDisk, model.Bytes > 0 ? model.Bytes : null, 0, null, model.ETag, null));
        var parts = SplitFiles.Of(new Uri(model.SourceUrl!)).Value!;
        // The parts and the merged file are on the disk together.
        var copies = parts.Count > 1 ? model.Bytes : 0;
        var reserved = disk.Reserve(Math.Max(0, model.Bytes + copies - onDisk));
        if (!reserved.Ok)
        {
            return StageResult.Paused(reserved.Failure.Message);
        }

        using var reservation = reserved.Value;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Failure? full = null;
        try
        {
            var result =
                parts.Count > 1
                    ? await split.RunAsync(model, parts, Report, stop.Token)
                    : await download.RunAsync(OrderOf(model), Report, stop.Token);
            return End(model, result);
        }
        catch (OperationCanceledException) when (full is not null)
        {
            return StageResult.Paused(full.Message);
        }

        void Report(DownloadProgress progress)
        {
            ReportProgress(run, progress);
            // A source that does not send keeps no space from others, whatever length it claims.
            var missing = progress.Waiting is null ? Math.Max(0, (progress.TotalBytes ?? progress.Bytes) - progress.Bytes) : 0;
            full ??= reservation.Resize(copies + missing);
            if (full is not null)
            {
                stop.Cancel();
            }
        }
    }

    private DownloadOrder OrderOf(PersonalModel model) =>
        new(new Uri(model.SourceUrl!), files.UnfinishedPathOf(model.Id), model.Bytes)
        {
            SecondUrl = model.SecondUrl is { } second ? new Uri(second) : null,
            ETag = model.ETag,
            TotalBytes = model.Bytes,
            Sha256 = model.ExpectedSha256,
        };

    private StageResult End(PersonalModel model, DownloadResult result)
    {
        if (result.IsWhole)
        {
            files.Finish(model.Id);
            return StageResult.Then(
                ModelState.Verifying,
                row => (row.Bytes, row.ETag, row.ExpectedSha256) = (result.File.Bytes, result.File.ETag, result.File.Sha256)
            );
        }

        // The file differs from the one that was checked.
        var isOther = result.End is DownloadEnd.SourceChanged or DownloadEnd.WrongDigest or DownloadEnd.TooLarge;
        if (isOther)
        {
            files.Delete(model.Id);
            headers.Forget(new Uri(model.SourceUrl!), etag: null);
        }

        return result.End == DownloadEnd.InUse ? StageResult.Again
            : result.MayGoOn ? StageResult.Paused(result.Message)
            : StageResult.Failed(result.Message, result.AllowableHost) with { ResumeAt = isOther ? ModelState.Checking : null };
    }

    private static void ReportProgress(JobRun run, DownloadProgress progress)
    {
        var share = progress.TotalBytes is > 0 and var total ? (double)progress.Bytes / total : 0;
        var detail = new InstallProgress(
            progress.Bytes,
            progress.TotalBytes,
            progress.BytesPerSecond,
            progress.Remaining?.TotalSeconds,
            progress.Waiting
        );
        run.Report(share, progress.Waiting ?? "Downloading", JsonSerializer.Serialize(detail, SnakeCaseJson.Options));
    }
}
