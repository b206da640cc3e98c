namespace Republic.Core.Lora.Loop;

/// <summary>One step of the optimiser: which rows it reads, in which batches.</summary>
/// <param name="Epoch">From 1.</param>
internal sealed record PlannedStep(int Epoch, IReadOnlyList<int[]> Batches);
