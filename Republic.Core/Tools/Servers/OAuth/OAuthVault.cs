using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Republic.Core.Security;

namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>Seals the secrets of a sign-in for its row, and opens them for the address that they were given for and no other.</summary>
public sealed class OAuthVault(SecretBox box, TimeProvider time)
{
    /// <summary>The time that a person may take at the authorization server.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>A token that has less than this left is renewed before it is used.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whoever changes the secrets of a server has its turn before a connection to the database: a renewal takes as long as the other side likes.
    /// Other nodes are held off by <see cref="Data.AdvisoryLocks.ToolServerSignIn"/>.
    /// </summary>
    internal KeyedTurns Turns { get; } = new(1);

    /// <exception cref="SecretUnreadableException">It was sealed for another row or address, or under another key.</exception>
    internal OAuthSecrets Open(ToolServer server)
    {
        if (server.SealedOAuth is not { } kept)
        {
            return new OAuthSecrets(server.Url, null, null, null);
        }

        var opened = JsonSerializer.Deserialize<OAuthSecrets>(box.Open(kept, ToolServer.SealedOAuthKeys.For(server.Id)))!;
        return opened.Url == server.Url
            ? opened
            : throw new SecretUnreadableException($"The sign-in to {server.Name} was made for another address. Sign in again.");
    }

    internal void Seal(ToolServer server, OAuthSecrets secrets) =>
        server.SealedOAuth = box.Seal(JsonSerializer.Serialize(secrets), ToolServer.SealedOAuthKeys.For(server.Id));

    internal OAuthPending NewPending() => new(Secret(), Secret(), time.GetUtcNow() + Patience);

    internal bool IsOf(OAuthPending pending, string state) =>
        pending.Until > time.GetUtcNow()
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(pending.State), Encoding.UTF8.GetBytes(state));

    /// <param name="spent">An access token that the server did not take; null where none is known.</param>
    internal bool IsFresh(OAuthTokens tokens, string? spent) =>
        tokens.Access != spent && (tokens.ExpiresAt is not { } end || end - Reserve > time.GetUtcNow());

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
