namespace Republic.Core.Training.Runs;

/// <summary>What the training process says of itself just now.</summary>
/// <param name="MemoryBytes">Of the process.</param>
public sealed record RunGauges(int Step, int Of, int Epoch, double Loss, double TokensPerSecond, long MemoryBytes);
