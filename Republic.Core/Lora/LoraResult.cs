namespace Republic.Core.Lora;

/// <summary>What a run came to.</summary>
/// <param name="Steps">Done, of <paramref name="Of"/>; fewer when the validation loss stopped falling.</param>
/// <param name="BestStep">After which the adapter was as it was kept.</param>
/// <param name="Strength">At which its change was taken: the product of its matrices is that much of what it was then.</param>
/// <param name="LossBefore">Nats per answer token of the held-out rows with what the run began with: the base alone, or an earlier adapter on it; null when none were held out.</param>
/// <param name="LossAfter">The same with the adapter that was made.</param>
public sealed record LoraResult(
    string AdapterPath,
    string BaseSha256,
    int Steps,
    int Of,
    int BestStep,
    double Strength,
    double? LossBefore,
    double? LossAfter,
    LoraSettings Settings
);
