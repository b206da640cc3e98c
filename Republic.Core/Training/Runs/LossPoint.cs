using System.Text.Json;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Progress;

namespace Republic.Core.Training.Runs;

/// <summary>One point of the loss chart.</summary>
/// <param name="Kind">train or validation.</param>
/// <param name="Loss">Nats per answer token.</param>
/// <param name="Tokens">Read so far; null for validation.</param>
public sealed record LossPoint(string Kind, int Step, double Loss, long? Tokens, double? LearningRate)
{
    internal static LossPoint Of(RecordedLoss told) =>
        new(told.Tokens is null ? "validation" : "train", told.Step, told.Loss, told.Tokens, told.LearningRate);

    /// <summary>By step; one that was saved twice counts once.</summary>
    /// <param name="told">Data of events, in order.</param>
    public static IReadOnlyList<LossPoint> Of(IEnumerable<string> told) =>
        [
            .. told.Select(json => JsonSerializer.Deserialize<LossPoint>(json, TrainingJson.Options)!)
                .DistinctBy(point => (point.Kind, point.Step))
                .OrderBy(point => point.Step),
        ];
}
