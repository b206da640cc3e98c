using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Republic.Core.Minions.Profiles;

namespace Republic.Core.Minions.Access;

/// <summary>What an outside client shows to speak as a minion's user. The text is shown once; only its hash is kept.</summary>
public sealed record RepublicKey(string Text, byte[] Hash)
{
    public const string Prefix = "rep_";

    public static RepublicKey New()
    {
        var text = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return new RepublicKey(text, HashOf(text));
    }

    // 256 random bits need no slow hash.
    public static byte[] HashOf(string text)
    {
        Span<byte> bytes = stackalloc byte[256];
        return SHA256.HashData(Encoding.UTF8.TryGetBytes(text, bytes, out var count) ? bytes[..count] : Encoding.UTF8.GetBytes(text));
    }

    public static string IdFor(string displayName) => $"{Slug.Of(displayName)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    public override string ToString() => $"{Prefix}…";
}
