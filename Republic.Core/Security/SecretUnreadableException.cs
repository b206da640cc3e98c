namespace Republic.Core.Security;

/// <summary>A sealed value did not open: it was altered, moved from another row, or sealed under another master key.</summary>
public sealed class SecretUnreadableException(string message, Exception? inner = null) : Exception(message, inner);
