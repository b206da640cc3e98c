namespace Republic.Core.Llama.Gguf;

/// <summary>
/// A number that the header stores with 64 bits. It is kept apart from those of 32: llama.cpp ends the process when it
/// finds one where it expects the other.
/// </summary>
internal sealed record GgufDouble(double Value);
