using System.Security.Cryptography;
using Republic.Core.Backups.Sealing;

namespace Republic.Tests.Unit.Backups;

public sealed class SealedStreamTests
{
    private const string Passphrase = "seven moons over a tin roof";
    private const int Box = ChunkCipher.ChunkBytes + ChunkCipher.TagBytes;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ChunkCipher.ChunkBytes - 1)]
    [InlineData(ChunkCipher.ChunkBytes)]
    [InlineData(ChunkCipher.ChunkBytes + 1)]
    [InlineData((3 * ChunkCipher.ChunkBytes) + 7)]
    public void What_was_sealed_opens_as_it_was(int length)
    {
        var plain = Plain(length);

        using var opened = Open(Seal(plain));

        Assert.Equal(length, opened.Length);
        Assert.Equal(plain, ReadAll(opened));
    }

    [Fact]
    public void Each_position_can_be_read_by_itself()
    {
        var plain = Plain((3 * ChunkCipher.ChunkBytes) + 7);
        using var opened = Open(Seal(plain));

        foreach (var at in (int[])[190_000, 3, ChunkCipher.ChunkBytes - 1, plain.Length - 1, 0])
        {
            opened.Seek(at, SeekOrigin.Begin);
            Assert.Equal(plain[at], opened.ReadByte());
        }

        opened.Seek(0, SeekOrigin.End);
        Assert.Equal(-1, opened.ReadByte());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_chunk_that_was_changed_does_not_open(int chunk)
    {
        var file = Seal(Plain((3 * ChunkCipher.ChunkBytes) + 7));
        file[ChunkCipher.HeaderBytes + (chunk * Box) + 5] ^= 1;

        Assert.ThrowsAny<CryptographicException>(() => Read(file));
    }

    [Fact]
    public void Chunks_do_not_open_in_another_order()
    {
        var file = Seal(Plain(3 * ChunkCipher.ChunkBytes));
        var first = file.AsSpan(ChunkCipher.HeaderBytes, Box).ToArray();
        file.AsSpan(ChunkCipher.HeaderBytes + Box, Box).CopyTo(file.AsSpan(ChunkCipher.HeaderBytes));
        first.CopyTo(file.AsSpan(ChunkCipher.HeaderBytes + Box));

        Assert.ThrowsAny<CryptographicException>(() => Read(file));
    }

    [Fact]
    public void A_file_that_was_cut_anywhere_does_not_open()
    {
        var file = Seal(Plain((3 * ChunkCipher.ChunkBytes) + 7));
        int[] boundaries = [.. Enumerable.Range(0, 4).Select(chunk => ChunkCipher.HeaderBytes + (chunk * Box))];
        int[] lengths =
        [
            .. boundaries
                .SelectMany(at => (int[])[at - 1, at, at + 1, at + ChunkCipher.TagBytes])
                .Where(at => at >= ChunkCipher.HeaderBytes),
            file.Length - 1,
        ];

        Assert.All(lengths, length => Assert.ThrowsAny<CryptographicException>(() => Read(file[..length])));
        Assert.ThrowsAny<CryptographicException>(() => Read([.. file, 0]));
        Assert.ThrowsAny<CryptographicException>(() => Read([.. file, .. file.AsSpan(ChunkCipher.HeaderBytes, Box)]));
    }

    [Fact]
    public void Another_passphrase_and_a_changed_header_do_not_open_it()
    {
        var file = Seal(Plain(10));

        Assert.Null(ChunkCipher.Open(file.AsSpan(0, ChunkCipher.HeaderBytes), Passphrase + " "));
        for (var at = ChunkCipher.Magic.Length; at < ChunkCipher.HeaderBytes; at++)
        {
            var header = file.AsSpan(0, ChunkCipher.HeaderBytes).ToArray();
            header[at] ^= 1;
            Assert.Null(ChunkCipher.Open(header, Passphrase));
        }
    }

    [Fact]
    public void The_same_bytes_are_sealed_otherwise_each_time() => Assert.NotEqual(Seal(Plain(100)), Seal(Plain(100)));

    private static byte[] Plain(int length) => [.. Enumerable.Range(0, length).Select(number => (byte)(number * 7 / 5))];

    private static byte[] Seal(byte[] plain)
    {
        using var file = new MemoryStream();
        // Few rounds: what makes them many is the processor's time.
        using var sealing = new SealingStream(file, ChunkCipher.New(Passphrase, rounds: 3));
        foreach (var piece in plain.Chunk(10_000))
        {
            sealing.Write(piece);
        }

        sealing.Complete();
        return file.ToArray();
    }

    private static SealedStream Open(byte[] file) =>
        new(new MemoryStream(file), ChunkCipher.Open(file.AsSpan(0, ChunkCipher.HeaderBytes), Passphrase)!);

    private static void Read(byte[] file)
    {
        using var opened = Open(file);
        ReadAll(opened);
    }

    private static byte[] ReadAll(SealedStream opened)
    {
        using var all = new MemoryStream();
        opened.CopyTo(all);
        return all.ToArray();
    }
}
