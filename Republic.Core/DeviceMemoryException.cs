namespace Republic.Core;

/// <summary>ggml or llama.cpp found no memory for what was asked, on the CPU or another device. Less at a time may fit.</summary>
public sealed class DeviceMemoryException(string message, Exception? inner = null) : Exception(message, inner);
