namespace Republic.Core.Providers.Idempotency;

/// <summary>One call as its caller names it, and what it asks for.</summary>
public sealed record IdempotentCall(Guid Caller, Guid Owner, string Key, byte[] RequestHash);
