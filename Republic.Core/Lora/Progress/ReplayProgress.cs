namespace Republic.Core.Lora.Progress;

/// <summary>Answers of the version before were written, to be replayed.</summary>
public sealed record ReplayProgress(int Done, int Of) : TrainingProgress;
