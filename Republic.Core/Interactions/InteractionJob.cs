using Republic.Core.Training.Runs;

namespace Republic.Core.Interactions;

/// <summary>A run from chats.</summary>
/// <param name="Pairs">It learns or learned from.</param>
public sealed record InteractionJob(TrainingCard Run, int Pairs);
