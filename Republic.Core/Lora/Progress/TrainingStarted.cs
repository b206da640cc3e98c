namespace Republic.Core.Lora.Progress;

/// <summary>
/// The model is loaded, and agrees with llama.cpp. From here on the memory that a run takes depends on how many rows it
/// computes at a time.
/// </summary>
/// <param name="Step">Done before, by the run that this one goes on from.</param>
public sealed record TrainingStarted(int Step, int Of) : TrainingProgress
{
    /// <summary>Of the steps done before. Whoever wrote them down may have died before they were all written.</summary>
    public IReadOnlyList<RecordedLoss> Losses { get; init; } = [];
}
