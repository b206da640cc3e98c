using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Api.PersonalModels;

/// <summary>The progress of a model, and the verdict whether it fits; null while nothing is known of its memory.</summary>
internal sealed record PersonalModelStatus(
    Guid Id,
    ModelState Status,
    double DownloadProgress,
    long BytesDone,
    long? BytesTotal,
    double? BytesPerSecond,
    double? EtaSeconds,
    string? Waiting,
    DateTimeOffset? HeldUntil,
    string? Error,
    ModelState? StoppedAt,
    string? Verdict,
    string? Reason,
    FitEstimate? Estimate,
    MeasuredModel? Measured
)
{
    public static PersonalModelStatus Of(PersonalModelCard card, FitReport? fit) =>
        new(
            card.Id,
            card.Status,
            card.DownloadProgress,
            card.BytesDone,
            card.BytesTotal,
            card.BytesPerSecond,
            card.EtaSeconds,
            card.Waiting,
            card.HeldUntil,
            card.Error,
            card.StoppedAt,
            fit?.Verdict,
            fit?.Reason,
            fit?.Estimate,
            card.Measured
        );
}
