namespace Republic.Core.Lora.Adapters;

/// <summary>One trained matrix, and the gradient that passes add to it. Both are row by row, in the memory of the process.</summary>
/// <param name="Name">As in an adapter file: the base's tensor, then <c>.lora_a</c> or <c>.lora_b</c>.</param>
/// <param name="Rows">The rank for A, the projection's outputs for B.</param>
/// <param name="Columns">The projection's inputs for A, the rank for B. In ggml's order the shape is [Columns, Rows].</param>
internal sealed record LoraParameter(string Name, int Rows, int Columns, float[] Values, float[] Gradient);
