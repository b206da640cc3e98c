namespace Republic.Core.Lora.Graph;

/// <summary>The device has no memory left for what was asked. A smaller batch, or shorter examples, may fit.</summary>
public sealed class DeviceMemoryException(string message, Exception? inner = null) : Exception(message, inner);
