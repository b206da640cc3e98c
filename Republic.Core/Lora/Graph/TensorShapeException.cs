namespace Republic.Core.Lora.Graph;

/// <summary>Tensors do not fit the operation they are given to: a mistake of the code that builds the graph.</summary>
public sealed class TensorShapeException(string message) : Exception(message);
