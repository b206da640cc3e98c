using Republic.Core.Lora.Progress;

namespace Republic.Core.Lora.Loop;

/// <summary>A run between two steps, complete: what goes on from it computes what the run would have computed, bit for bit.</summary>
/// <param name="Identity">What the run is of; a checkpoint of another base, data or settings is refused.</param>
/// <param name="Best">The parameters to go back to: those of the lowest validation loss, where rows are held out; null before the first step.</param>
/// <param name="Losses">All that was measured up to here: whoever listened may have died before it was written down.</param>
internal sealed record Checkpoint(
    RunIdentity Identity,
    TrainingState State,
    IReadOnlyList<float[]> Values,
    IReadOnlyList<float[]> FirstMoments,
    IReadOnlyList<float[]> SecondMoments,
    IReadOnlyList<float[]>? Best,
    IReadOnlyList<RecordedLoss> Losses
);
