using System.Security.Cryptography;

namespace Republic.Core.Backups;

/// <summary>Hands on what is written to it, with its length and SHA-256.</summary>
internal sealed class MeasuredStream(Stream to) : OutputStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Bytes { get; private set; }

    /// <summary>The SHA-256 of what was written so far, in hexadecimal.</summary>
    public string Sha256() => Convert.ToHexStringLower(hash.GetCurrentHash());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        to.Write(buffer);
        hash.AppendData(buffer);
        Bytes += buffer.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
