using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.Jobs;
using Republic.Core.PersonalModels.Storage;
using Republic.Core.Trainer;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>Makes the file of a model from that of another one, with fewer bits a weight. It always begins anew.</summary>
internal sealed class QuantizeStage(
    IDbContextFactory<RepublicDb> databases,
    TrainingSupervisor supervisor,
    ModelFiles models,
    IncomingFiles incoming,
    ModelQuota quota,
    DiskSpace disk
) : IInstallStage
{
    private const string Gone =
        "The model that this copy was to be made of was deleted before the copy was complete. Delete this one as well.";

    public ModelState State => ModelState.Quantizing;

    public async Task<StageResult> RunAsync(JobRun run, PersonalModel model, CancellationToken ct)
    {
        run.Report(0, $"Quantizing to {model.Variant}");
        if (await SourceAsync(model, ct) is not { } source)
        {
            return StageResult.Failed(Gone);
        }

        var reserved = disk.Reserve(model.Bytes);
        if (!reserved.Ok)
        {
            return StageResult.Paused(reserved.Failure.Message);
        }

        using var reservation = reserved.Value;
        var copy = incoming.NewCopyOf(model.Id);
        var isWhole = false;
        try
        {
            var made = await supervisor.QuantizeAsync(source, copy, model.Variant!, ct);
            if (!made.Ok)
            {
                // The names of folders are nothing for people.
                var folder = Path.GetDirectoryName(copy) + Path.DirectorySeparatorChar;
                var why = made.Failure.Message.Replace(folder, "", StringComparison.Ordinal);
                return StageResult.Failed(await SourceAsync(model, ct) is null ? Gone : why);
            }

            run.Report(0, "Computing its SHA-256");
            var digest = await DigestAsync(copy, ct);
            isWhole = true;
            return Whole(copy, new FileInfo(copy).Length, digest);
        }
        finally
        {
            if (!isWhole)
            {
                IncomingFiles.DeleteCopy(copy);
            }
        }
    }

    private async Task<string?> SourceAsync(PersonalModel model, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var digest = await db.PersonalModels.Where(m => m.Id == model.QuantizedFrom).Select(m => m.Sha256).SingleOrDefaultAsync(ct);
        return digest is not null && File.Exists(models.PathOf(digest)) ? models.PathOf(digest) : null;
    }

    private static async Task<string> DigestAsync(string path, CancellationToken ct)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, useAsync: true);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
        // llama.cpp leaves it to the system when the bytes reach the disk.
        RandomAccess.FlushToDisk(stream.SafeFileHandle);
        return digest;
    }

    private StageResult Whole(string copy, long bytes, string digest) =>
        new(ModelState.Verifying, null)
        {
            Save = async (db, row, ct) =>
            {
                await quota.LockAsync(db, row.OwnerId, ct);
                var more = bytes - row.Bytes;
                if (more > 0 && await quota.RefusalAsync(db, row.OwnerId, more, ct) is { } full)
                {
                    IncomingFiles.DeleteCopy(copy);
                    return full;
                }

                incoming.TakeCopy(row.Id, copy);
                (row.Bytes, row.ExpectedSha256) = (bytes, digest);
                return null;
            },
        };
}
