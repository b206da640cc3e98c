using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Republic.Core.Backups.Sealing;

/// <summary>
/// AES-256-GCM over the chunks of one file, under a key that comes of a passphrase. The header of the file is: what it is (8 bytes), rounds
/// of PBKDF2 (4), salt (16), check (16). The salt is new for each file, and so is the key, so that the number of a chunk is its nonce.
/// </summary>
internal sealed class ChunkCipher : IDisposable
{
    public const int ChunkBytes = 64 * 1024;
    public const int TagBytes = 16;
    public const int HeaderBytes = 44;

    /// <summary>Iterations of PBKDF2 with SHA-512: about a second, so that a passphrase is not found by trying many.</summary>
    private const int Rounds = 600_000;
    private const int MostRounds = 10_000_000;
    private const int RoundsAt = 8;
    private const int SaltAt = 12;
    private const int CheckAt = 28;
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;

    private readonly byte[] header;
    private readonly AesGcm aes;

    private ChunkCipher(byte[] header, ReadOnlySpan<byte> key) => (this.header, aes) = (header, new AesGcm(key, TagBytes));

    /// <summary>How a sealed file begins. The last letter is the version of its format.</summary>
    public static ReadOnlySpan<byte> Magic => "RepSeal1"u8;

    public ReadOnlySpan<byte> Header => header;

    public static ChunkCipher New(string passphrase, int rounds = Rounds)
    {
        var begin = new byte[HeaderBytes];
        Magic.CopyTo(begin);
        BinaryPrimitives.WriteInt32LittleEndian(begin.AsSpan(RoundsAt), rounds);
        RandomNumberGenerator.Fill(begin.AsSpan(SaltAt, CheckAt - SaltAt));
        var derived = Derive(passphrase, begin, rounds);
        derived.AsSpan(KeyBytes).CopyTo(begin.AsSpan(CheckAt));
        return new ChunkCipher(begin, derived.AsSpan(0, KeyBytes));
    }

    /// <returns>Null where the passphrase is another one, or the header was changed.</returns>
    public static ChunkCipher? Open(ReadOnlySpan<byte> header, string passphrase)
    {
        var rounds = BinaryPrimitives.ReadInt32LittleEndian(header[RoundsAt..]);
        if (rounds is < 1 or > MostRounds)
        {
            return null;
        }

        var derived = Derive(passphrase, header, rounds);
        return CryptographicOperations.FixedTimeEquals(derived.AsSpan(KeyBytes), header[CheckAt..HeaderBytes])
            ? new ChunkCipher(header[..HeaderBytes].ToArray(), derived.AsSpan(0, KeyBytes))
            : null;
    }

    /// <param name="isLast">Goes into the nonce, so that a file that was cut behind any chunk does not open.</param>
    /// <param name="to">Takes the chunk and its tag.</param>
    public void Seal(long number, bool isLast, ReadOnlySpan<byte> chunk, Span<byte> to)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, number, isLast);
        aes.Encrypt(nonce, chunk, to[..chunk.Length], to.Slice(chunk.Length, TagBytes), header);
    }

    /// <exception cref="CryptographicException">The chunk was changed, moved or cut.</exception>
    public void Open(long number, bool isLast, ReadOnlySpan<byte> chunk, Span<byte> to)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, number, isLast);
        aes.Decrypt(nonce, chunk[..^TagBytes], chunk[^TagBytes..], to[..(chunk.Length - TagBytes)], header);
    }

    public void Dispose() => aes.Dispose();

    private static void WriteNonce(Span<byte> nonce, long number, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(nonce, number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }

    private static byte[] Derive(string passphrase, ReadOnlySpan<byte> header, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(passphrase, header[SaltAt..CheckAt], rounds, HashAlgorithmName.SHA512, KeyBytes + HeaderBytes - CheckAt);
}
