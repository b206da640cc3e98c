using Republic.Core.Lora;

namespace Republic.Core.Training.Steps;

/// <summary>The draft version of the minion: what step 3 made of it.</summary>
/// <param name="Instructions">The draft's own, traits included.</param>
/// <param name="Adapter">The name of the weights' file; that of the version before where none were trained now.</param>
internal sealed record EnhancedModel(TrainingMethod Method, string? Instructions, int EnhancedPromptLength, string? Adapter)
{
    public TrainedWeights? Weights { get; init; }

    /// <param name="LossBefore">Nats per answer token of the held-out rows, on the base alone.</param>
    public sealed record TrainedWeights(
        string BaseModel,
        string Sha256,
        string BaseSha256,
        long Bytes,
        int Steps,
        double? LossBefore,
        double? LossAfter,
        LoraSettings Settings
    );
}
