using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Republic.Core.Accounts.Links;

/// <summary>The secret in a link that somebody is given: 256 random bits. Only its SHA-256 is stored.</summary>
internal static class LinkToken
{
    private const int MaxLength = 100;

    public static (string Token, byte[] Hash) New()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (token, HashOf(token));
    }

    /// <summary>Null for text that is no token.</summary>
    public static byte[]? HashOfGiven(string? token) => token?.Trim() is { Length: > 0 and <= MaxLength } given ? HashOf(given) : null;

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
