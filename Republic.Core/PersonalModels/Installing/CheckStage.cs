using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.PersonalModels.Downloads;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Sources;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>Reads the header at the source: whether it is a model, fits into memory and into the quota, before anything is downloaded.</summary>
internal sealed class CheckStage(
    RemoteHeaders headers,
    SplitDownload split,
    MemoryVerdict memory,
    ModelQuota quota,
    IDbContextFactory<RepublicDb> databases
) : IInstallStage
{
    public ModelState State => ModelState.Checking;

    public async Task<StageResult> RunAsync(JobRun run, PersonalModel model, CancellationToken ct)
    {
        run.Report(0, "Reading the header at its source");
        if (SplitFiles.Of(new Uri(model.SourceUrl!)).Value is { Count: > 1 } parts)
        {
            return await CheckPartsAsync(model, parts, ct);
        }

        var answer = await headers.ReadAsync(new Uri(model.SourceUrl!), ct);
        if (answer.Header is { } header)
        {
            return DigestProblem(model, header)
                ?? await memory.RefusalAsync(model, header.Facts, ct)
                ?? await QuotaProblemAsync(model, header.Bytes, ct)
                ?? StageResult.Then(ModelState.Downloading, row => Take(row, header));
        }

        // Another source may have it; and where parts are not given, all of it may be.
        return answer.Failure is not { } failure || model.SecondUrl is not null ? StageResult.Then(ModelState.Downloading, _ => { })
            : failure.Kind == FailureKind.Upstream ? StageResult.Paused(failure.Message)
            : StageResult.Failed(failure.Message, answer.AllowableHost);
    }

    /// <summary>What a model in parts takes of the memory, the merged file tells.</summary>
    private async Task<StageResult> CheckPartsAsync(PersonalModel model, IReadOnlyList<Uri> parts, CancellationToken ct)
    {
        try
        {
            var bytes = await split.SizeAsync(parts, ct);
            return await QuotaProblemAsync(model, bytes, ct) ?? StageResult.Then(ModelState.Downloading, row => row.Bytes = bytes);
        }
        catch (SourceException error)
        {
            return error.IsTransient ? StageResult.Paused(error.Message) : StageResult.Failed(error.Message, error.AllowableHost);
        }
    }

    private static void Take(PersonalModel model, RemoteHeader header)
    {
        model.Bytes = header.Bytes;
        model.ETag = header.ETag;
        model.Variant ??= header.Facts.Quantization;
        model.Facts = MemoryVerdict.FactsOf(header.Facts);
        // What a catalogue said may be of an older file.
        model.ExpectedSha256 = header.Sha256 ?? model.ExpectedSha256;
    }

    private static StageResult? DigestProblem(PersonalModel model, RemoteHeader header) =>
        model.Origin == ModelOrigin.Url && header.Sha256 is { } told && model.ExpectedSha256 is { } expected && told != expected
            ? StageResult.Failed($"The source says that the file's SHA-256 is {told}; it was to be {expected}. Nothing was downloaded.")
            : null;

    /// <summary>Null where there is room, beside what else is on its way; the row takes it as this stage ends.</summary>
    private async Task<StageResult?> QuotaProblemAsync(PersonalModel model, long bytes, CancellationToken ct)
    {
        if (bytes > quota.Limits.MaxFile)
        {
            return StageResult.Failed(quota.TooLarge.Message);
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        return await quota.RefusalAsync(db, model.OwnerId, bytes - model.Bytes, ct) is { } full ? StageResult.Failed(full.Message) : null;
    }
}
