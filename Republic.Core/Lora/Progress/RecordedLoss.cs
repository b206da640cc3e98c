using Republic.Core.Lora.Loop;

namespace Republic.Core.Lora.Progress;

/// <summary>A loss that a run has measured.</summary>
/// <param name="Step">After which step; 0 is before the first.</param>
/// <param name="Loss">Nats per answer token.</param>
/// <param name="Tokens">Read so far; null of held-out rows.</param>
public sealed record RecordedLoss(int Step, double Loss, long? Tokens, double? LearningRate);
