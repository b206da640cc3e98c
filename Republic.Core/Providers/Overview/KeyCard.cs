using Republic.Core.Providers.Credentials;

namespace Republic.Core.Providers.Overview;

/// <summary>A stored key and how it is doing.</summary>
/// <param name="LastUsed">Null: in no call yet.</param>
/// <param name="Refusal">The provider's words, where it refused the key the last time.</param>
/// <param name="Rest">How long it is still left alone; null while calls are let through.</param>
public sealed record KeyCard(Credential Key, DateTimeOffset? LastUsed, string? Refusal, TimeSpan? Rest);
