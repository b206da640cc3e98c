using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Republic.Core.Security;

/// <summary>The 32 bytes that every secret at rest is sealed under. Nothing but <see cref="SecretBox"/> needs the bytes themselves.</summary>
public sealed class MasterKey
{
    public const string Setting = "API_KEY_ENCRYPTION_KEY";

    /// <summary>One earlier key, or several with commas between them: they open what they sealed, and seal nothing more.</summary>
    public const string PreviousSetting = "API_KEY_ENCRYPTION_KEY_PREVIOUS";

    private const string MakeOne = "Make one with: openssl rand -base64 32";

    private const int Length = 32;

    private readonly byte[] key;

    private MasterKey(byte[] key, string source)
    {
        this.key = key;
        Source = source;
        // A fingerprint instead of a counter: any installation can tell which key a value needs without keeping a list of keys beside it.
        Version = BitConverter.ToUInt32(SHA256.HashData([.. "republic key version"u8, .. key]));
    }

    /// <summary>Names this key inside every ciphertext, without giving any of it away.</summary>
    public uint Version { get; }

    /// <summary>How people are told of this version.</summary>
    public string Name => $"{Version:x8}";

    /// <summary>Where the key came from, for messages: the setting's name or the key file's path.</summary>
    public string Source { get; }

    /// <summary>Null when the setting is absent: then the key file counts.</summary>
    /// <exception cref="StartupRefusedException">The key is short, malformed, empty though set, or trivial.</exception>
    public static MasterKey? FromSetting(IConfiguration configuration) =>
        configuration[Setting] is { } text ? Parse(text, Setting, MakeOne) : null;

    /// <exception cref="StartupRefusedException">One of the keys is short, malformed or trivial.</exception>
    public static IReadOnlyList<MasterKey> Previous(IConfiguration configuration) =>
        [
            .. (configuration[PreviousSetting] ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(text => Parse(text, PreviousSetting, "Put the key there that was in use before, or take the setting out.")),
        ];

    internal static MasterKey Parse(string text, string source, string advice)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new StartupRefusedException($"{source} is empty. It must be 32 bytes as base64. {advice}");
        }

        var bytes = new byte[Length + text.Length];
        if (!Convert.TryFromBase64String(text.Trim(), bytes, out var count))
        {
            throw new StartupRefusedException($"{source} is not base64. It must be 32 bytes as base64. {advice}");
        }

        if (count != Length)
        {
            throw new StartupRefusedException($"{source} is {count} bytes long; it must be exactly 32 bytes as base64. {advice}");
        }

        var parsed = bytes[..Length];
        CryptographicOperations.ZeroMemory(bytes);
        // Random bytes hold about 30 different values; zeros and "changemechangeme…" hold a handful.
        if (parsed.Distinct().Count() < 8)
        {
            throw new StartupRefusedException($"{source} is not a random key: it repeats a few bytes. {advice}");
        }

        return new MasterKey(parsed, source);
    }

    internal byte[] Derive(ReadOnlySpan<byte> use)
    {
        var derived = new byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, [], use);
        return derived;
    }
}
