using Republic.Core.Jobs;
using Republic.Core.PersonalModels.Downloads;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Sources;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>Reads the header at the source: whether it is a model, fits into memory and into the quota, before anything is downloaded.</summary>
internal sealed class CheckStage(RemoteHeaders headers, SplitDownload split, MemoryVerdict memory, ModelQuota quota) : IInstallStage
{
    public ModelState State => ModelState.Checking;

    public async Task<StageResult> RunAsync(JobRun run, PersonalModel model, CancellationToken ct)
    {
        run.Report(0, "Reading the header at its source");
        var source = new Uri(model.SourceUrl!);
        if (SplitFiles.Of(source).Value is { Count: > 1 } parts)
        {
            return await SizeAsync(parts, ct);
        }

        var answer = await headers.ReadAsync(source, ct);
        if (answer.Failure is not null && model.SecondUrl is { } second)
        {
            source = new Uri(second);
            answer = await headers.ReadAsync(source, ct);
        }

        return answer switch
        {
            { Header: { } header } => DigestProblem(model, header)
                ?? await memory.RefusalAsync(model, header.Facts, ct)
                ?? Fetch(header.Bytes, row => Take(row, header)),
            { Failure: { } failure } => failure.Kind == FailureKind.Upstream
                ? StageResult.Paused(failure.Message)
                : StageResult.Failed(failure.Message, answer.AllowableHost),
            _ => await SizeAsync([source], ct),
        };
    }

    /// <summary>What the header would have said, the whole file tells when it is here.</summary>
    private async Task<StageResult> SizeAsync(IReadOnlyList<Uri> files, CancellationToken ct)
    {
        try
        {
            var bytes = await split.SizeAsync(files, quota.Limits.MaxFile, ct);
            return Fetch(bytes, row => row.Bytes = bytes);
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
        // What a catalogue said may be of an older file; the source's own word comes with the download.
        model.ExpectedSha256 = model.Origin == ModelOrigin.Catalogue && header.Sha256 is not null ? null : model.ExpectedSha256;
    }

    private static StageResult? DigestProblem(PersonalModel model, RemoteHeader header) =>
        model.Origin == ModelOrigin.Url && header.Sha256 is { } told && model.ExpectedSha256 is { } expected && told != expected
            ? StageResult.Failed($"The source says that the file's SHA-256 is {told}; it was to be {expected}. Nothing was downloaded.")
            : null;

    /// <summary>Goes on to the download, and takes its room of the quota, which others of the same person may have taken meanwhile.</summary>
    private StageResult Fetch(long bytes, Action<PersonalModel> change) =>
        bytes > quota.Limits.MaxFile
            ? StageResult.Failed(quota.TooLarge.Message)
            : new StageResult(ModelState.Downloading, null)
            {
                Save = async (db, model, ct) =>
                {
                    await quota.LockAsync(db, model.OwnerId, ct);
                    var full = await quota.RefusalAsync(db, model.OwnerId, bytes - model.Bytes, ct);
                    change(model);
                    return full;
                },
            };
}
