namespace Republic.Core.Lora.Adapters;

/// <summary>One of the two factors of a projection's change.</summary>
/// <param name="Name">The base tensor's name with <c>.lora_a</c> or <c>.lora_b</c> behind it.</param>
/// <param name="Inputs">Neighbouring numbers: of A the projection's inputs, of B the rank.</param>
/// <param name="Outputs">Rows: of A the rank, of B the projection's outputs.</param>
/// <param name="Values">Inputs × Outputs numbers, row by row.</param>
internal sealed record AdapterTensor(string Name, int Inputs, int Outputs, ReadOnlyMemory<float> Values);
