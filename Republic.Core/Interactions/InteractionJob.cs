using Republic.Core.Training.Runs;

namespace Republic.Core.Interactions;

/// <summary>A run from chats.</summary>
/// <param name="Pairs">How many pairs it learns from.</param>
public sealed record InteractionJob(TrainingCard Run, int Pairs);
