using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Republic.Core.Security;

/// <summary>
/// AES-256-GCM under the newest master key, and open under those before it. A sealed value is: format (1 byte), key version (4), nonce (12), tag (16), ciphertext.
/// Purpose, format and key version are authenticated with it.
/// </summary>
public sealed class SecretBox(MasterKeys keys)
{
    private const byte Format = 1;
    private const int VersionAt = 1;
    private const int NonceAt = 5;
    private const int TagAt = 17;
    private const int DataAt = 33;
    private const int TagLength = DataAt - TagAt;

    private readonly ConcurrentDictionary<uint, byte[]> derived = new();

    public byte[] Seal(string plaintext, SecretPurpose purpose)
    {
        var masterKey = keys.Current;
        var data = Encoding.UTF8.GetBytes(plaintext);
        var box = new byte[DataAt + data.Length];
        box[0] = Format;
        BinaryPrimitives.WriteUInt32LittleEndian(box.AsSpan(VersionAt), masterKey.Version);
        RandomNumberGenerator.Fill(box.AsSpan(NonceAt, TagAt - NonceAt));
        using var aes = NewCipher(masterKey);
        aes.Encrypt(
            box.AsSpan(NonceAt, TagAt - NonceAt),
            data,
            box.AsSpan(DataAt),
            box.AsSpan(TagAt, TagLength),
            Associated(purpose, box.AsSpan(0, NonceAt))
        );
        CryptographicOperations.ZeroMemory(data);
        return box;
    }

    /// <exception cref="SecretUnreadableException">Altered, moved, or sealed under another key. The message names no secret.</exception>
    public string Open(byte[] @sealed, SecretPurpose purpose)
    {
        if (@sealed.Length < DataAt || @sealed[0] != Format)
        {
            throw new SecretUnreadableException($"The secret in {purpose.Table}.{purpose.Column} is not in a format this version knows.");
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(@sealed.AsSpan(VersionAt));
        if (keys.Find(version) is not { } masterKey)
        {
            throw new SecretUnreadableException(
                $"The secret in {purpose.Table}.{purpose.Column} was sealed under master key {version:x8}, but this installation uses "
                    + $"{keys.Current.Name} from {keys.Current.Source}. Put the right key back, or enter the secret again."
            );
        }

        var data = new byte[@sealed.Length - DataAt];
        try
        {
            using var aes = NewCipher(masterKey);
            aes.Decrypt(
                @sealed.AsSpan(NonceAt, TagAt - NonceAt),
                @sealed.AsSpan(DataAt),
                @sealed.AsSpan(TagAt, TagLength),
                data,
                Associated(purpose, @sealed.AsSpan(0, NonceAt))
            );
            return Encoding.UTF8.GetString(data);
        }
        catch (CryptographicException e)
        {
            throw new SecretUnreadableException(
                $"The secret in {purpose.Table}.{purpose.Column} was altered or belongs to another row. Enter it again.",
                e
            );
        }
        finally
        {
            CryptographicOperations.ZeroMemory(data);
        }
    }

    /// <summary>Which master key a sealed value needs; null when it is no sealed value at all.</summary>
    public static uint? KeyVersionOf(ReadOnlySpan<byte> @sealed) =>
        @sealed.Length >= DataAt && @sealed[0] == Format ? BinaryPrimitives.ReadUInt32LittleEndian(@sealed[VersionAt..]) : null;

    // One for each call: a cipher shared by threads fails, or worse, mixes their data.
    private AesGcm NewCipher(MasterKey masterKey) =>
        new(derived.GetOrAdd(masterKey.Version, _ => masterKey.Derive("republic secret box"u8)), TagLength);

    // Names go in with their lengths: otherwise ("ab", "c") and ("a", "bc") would be one purpose.
    private static byte[] Associated(SecretPurpose purpose, ReadOnlySpan<byte> header)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(header);
        writer.Write(purpose.Table);
        writer.Write(purpose.Column);
        writer.Write(purpose.RowId.ToByteArray());
        return bytes.ToArray();
    }
}
