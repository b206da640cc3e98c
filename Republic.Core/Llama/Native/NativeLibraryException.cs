namespace Republic.Core.Llama.Native;

/// <summary>llama.cpp cannot be used here: its libraries are missing, or of a version that this binding does not know.</summary>
public sealed class NativeLibraryException(string message, Exception? inner = null) : Exception(message, inner);
