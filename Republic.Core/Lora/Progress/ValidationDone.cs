namespace Republic.Core.Lora.Progress;

/// <summary>The loss of the held-out rows was measured.</summary>
/// <param name="Step">After which step; 0 is before the first.</param>
/// <param name="Loss">Nats per answer token.</param>
/// <param name="Best">Whether it is the lowest so far; the adapter is kept as it was then.</param>
public sealed record ValidationDone(int Step, double Loss, bool Best) : TrainingProgress;
