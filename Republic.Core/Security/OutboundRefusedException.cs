namespace Republic.Core.Security;

/// <summary>An address outside what this installation may reach. The message says which, why, and how a superuser allows it.</summary>
public sealed class OutboundRefusedException(string message) : IOException(message);
