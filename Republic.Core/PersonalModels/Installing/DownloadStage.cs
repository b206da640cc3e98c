using System.Text.Json;
using Republic.Core.Files;
using Republic.Core.Jobs;
using Republic.Core.PersonalModels.Downloads;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>Downloads the file, from where an earlier start left it.</summary>
internal sealed class DownloadStage(ModelDownload download, RemoteHeaders headers, IncomingFiles files, DiskSpace disk, ModelQuota quota)
    : IInstallStage
{
    public ModelState State => ModelState.Downloading;

    public async Task<StageResult> RunAsync(JobRun run, PersonalModel model, CancellationToken ct)
    {
        files.Reopen(model.Id);
        var here = files.BytesOf(model.Id);
        Tell(run, new DownloadProgress(here, model.Bytes > 0 ? model.Bytes : null, 0, null, model.ETag, null));
        var room = disk.Reserve(Math.Max(0, model.Bytes - here));
        if (!room.Ok)
        {
            return StageResult.Paused(room.Failure.Message);
        }

        using var reservation = room.Value;
        var order = new DownloadOrder(new Uri(model.SourceUrl!), files.UnfinishedPathOf(model.Id), await MostAsync(model, ct))
        {
            SecondUrl = model.SecondUrl is { } second ? new Uri(second) : null,
            ETag = model.ETag,
            TotalBytes = model.Bytes > 0 ? model.Bytes : null,
            Sha256 = model.ExpectedSha256,
        };
        var result = await download.RunAsync(
            order,
            progress =>
            {
                Tell(run, progress);
                reservation.Keep(Math.Max(0, (progress.TotalBytes ?? progress.Bytes) - progress.Bytes));
            },
            ct
        );
        return End(model, result);
    }

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

        if (result.End == DownloadEnd.SourceChanged)
        {
            files.Delete(model.Id);
            headers.Forget(new Uri(model.SourceUrl!), etag: null);
        }

        return result.End == DownloadEnd.InUse ? StageResult.Again
            : result.MayGoOn ? StageResult.Paused(result.Message)
            : StageResult.Failed(result.Message, result.AllowableHost);
    }

    /// <summary>A file of unknown size may take what is left of its person's quota.</summary>
    private async Task<long> MostAsync(PersonalModel model, CancellationToken ct) =>
        Math.Min(quota.Limits.MaxFile, quota.Limits.Quota - await quota.UsedAsync(model.OwnerId, ct) + model.Bytes);

    private static void Tell(JobRun run, DownloadProgress progress)
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
