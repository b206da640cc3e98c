namespace Republic.Core.Security;

/// <summary>An address outside what this installation may reach. The message says which, why, and how a superuser allows it.</summary>
public sealed class OutboundRefusedException(string message, string? allowable = null) : IOException(message)
{
    /// <summary>The host and port that a superuser may allow; null where nobody can.</summary>
    public string? Allowable { get; } = allowable;
}
