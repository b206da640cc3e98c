using Republic.Core.Lora;

namespace Republic.Core.ModelHost.Training;

/// <summary>What the child that trains is told on its standard input, as one line of JSON.</summary>
/// <param name="MemoryMegabytes">What the process may take, apart from the base model's mapped file; 0 leaves it to the settings.</param>
public sealed record TrainingOrder(LoraRun Run, long MemoryMegabytes = 0);
