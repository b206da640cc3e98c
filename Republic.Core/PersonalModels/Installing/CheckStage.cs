using Republic.Core.Jobs;
using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Downloads;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Sources;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>
/// Reads the header at the source, and checks before the download that it is a model that fits into memory and the quota.
/// </summary>
internal sealed class CheckStage(RemoteHeaders headers, SplitDownload split, MemoryCheck memory, ModelQuota quota, ModelCatalog catalog)
    : IInstallStage
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

        var result = await headers.ReadAgainAsync(model.OwnerId, source, ct);
        if (result.Failure is not null && model.SecondUrl is { } second)
        {
            source = new Uri(second);
            result = await headers.ReadAgainAsync(model.OwnerId, source, ct);
        }

        return result switch
        {
            { Header: { } header } => DigestProblem(model, header)
                ?? await memory.RefusalAsync(model, header.Facts, ct)
                ?? Fetch(header.Bytes, row => Take(row, header)),
            { Failure: { } failure } => failure.Kind == FailureKind.Upstream
                ? StageResult.Paused(failure.Message)
                : StageResult.Failed(failure.Message, result.AllowableHost),
            _ => await SizeAsync([source], ct),
        };
    }

    /// <summary>
    /// Continues with the size alone, where the header cannot be read before the download; <see cref="VerifyStage"/> checks it afterwards.
    /// </summary>
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

    private void Take(PersonalModel model, RemoteHeader header)
    {
        model.Bytes = header.Bytes;
        model.ETag = header.ETag;
        model.ExpectedSha256 = ExpectedOf(model, header);
        model.Variant ??= header.Facts.Quantization;
        model.Facts = MemoryCheck.FactsOf(header.Facts);
    }

    /// <summary>
    /// The digest that the file must have. The one of the catalogue may belong to an older file, so it gives way where the source states
    /// its own, which comes with the download; one that a person gave never does.
    /// </summary>
    private string? ExpectedOf(PersonalModel model, RemoteHeader header) =>
        header.Sha256 is not null
        && model is { Origin: ModelOrigin.Catalogue, Variant: { } variant }
        && model.ExpectedSha256 == catalog.Find(model.ModelId)?.Variant(variant)?.Sha256
            ? null
            : model.ExpectedSha256;

    private StageResult? DigestProblem(PersonalModel model, RemoteHeader header) =>
        header.Sha256 is { } actual && ExpectedOf(model, header) is { } expected && actual != expected
            ? StageResult.Failed(
                $"The file at this URL has the SHA-256 {actual}, and {expected} was expected. Nothing was downloaded. Check the URL and the SHA-256."
            )
            : null;

    /// <summary>
    /// Continues with the download and counts its size against the quota, which other models of the same person may have used up meanwhile.
    /// </summary>
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
