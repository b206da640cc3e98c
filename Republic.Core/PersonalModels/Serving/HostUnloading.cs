namespace Republic.Core.PersonalModels.Serving;

/// <summary>The result of unloading a model.</summary>
/// <param name="Unloaded">It is out of memory now.</param>
/// <param name="Unloading">It answers; it takes no new requests, and is unloaded when its answers have ended.</param>
public sealed record HostUnloading(bool Unloaded, bool Unloading);
