using Republic.Core.Lora.Loop;

namespace Republic.Core.Lora.Progress;

/// <summary>One step of the optimiser.</summary>
/// <param name="Step">From 1 to <paramref name="Of"/>.</param>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Nats per answer token of the step's rows, before the step.</param>
/// <param name="GradientNorm">Before clipping.</param>
/// <param name="Tokens">Read so far by this run and those it went on from; filling is not counted.</param>
/// <param name="TokensPerSecond">Of the last steps.</param>
/// <param name="Remaining">To the last step, as fast as now.</param>
/// <param name="MemoryBytes">Of the process.</param>
public sealed record StepCompleted(
    int Step,
    int Of,
    int Epoch,
    double Loss,
    double LearningRate,
    double GradientNorm,
    long Tokens,
    double TokensPerSecond,
    TimeSpan Remaining,
    long MemoryBytes
) : TrainingProgress;
