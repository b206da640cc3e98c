using Microsoft.Extensions.AI;

namespace Republic.Core.Providers;

/// <summary>Additional properties of chat options that the router reads; they are never sent in a request's body.</summary>
public static class ChatCallOptions
{
    private const string KeyName = "republic.idempotency_key";

    public static void SetIdempotencyKey(this ChatOptions options, Guid key) => (options.AdditionalProperties ??= [])[KeyName] = key;

    internal static Guid? IdempotencyKey(this ChatOptions options) => options.AdditionalProperties?.GetValueOrDefault(KeyName) as Guid?;
}
