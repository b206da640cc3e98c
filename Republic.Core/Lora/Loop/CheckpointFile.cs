using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Republic.Core.Lora.Progress;

namespace Republic.Core.Lora.Loop;

/// <summary>
/// A checkpoint on disk: a JSON header, the arrays as they lie in memory, and a SHA-256 over both. It is written beside the
/// old one and takes its place when the disk holds all of it.
/// </summary>
internal static class CheckpointFile
{
    private const string Damaged = "is damaged. Delete it, or make a new run (at the command line: leave --resume out).";
    private static ReadOnlySpan<byte> Magic => "REPLORA1"u8;

    /// <exception cref="IOException">The disk is full, for example; the old checkpoint is untouched.</exception>
    public static void Write(string path, Checkpoint checkpoint) => AtomicFile.Write(path, stream => WriteTo(stream, checkpoint));

    /// <exception cref="LoraException">The file is no checkpoint, or damaged.</exception>
    public static Checkpoint Read(string path)
    {
        using var stream = File.OpenRead(path);
        try
        {
            return ReadFrom(stream);
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException or InvalidDataException)
        {
            throw new LoraException($"The checkpoint {path} {Damaged}", e);
        }
    }

    internal static void WriteTo(Stream stream, Checkpoint checkpoint)
    {
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            var lengths = checkpoint.Values.Select(values => values.Length).ToArray();
            var header = JsonSerializer.SerializeToUtf8Bytes(
                new Header(checkpoint.Identity, checkpoint.State, lengths, checkpoint.Best is not null, checkpoint.Losses),
                SnakeCaseJson.Options
            );
            hashed.Write(Magic);
            hashed.Write(BitConverter.GetBytes(header.Length));
            hashed.Write(header);
            foreach (var array in Arrays(checkpoint))
            {
                hashed.Write(MemoryMarshal.AsBytes(array.AsSpan()));
            }
        }

        stream.Write(hash.Hash);
    }

    private static Checkpoint ReadFrom(FileStream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] Take(long count)
        {
            var bytes = count <= stream.Length - stream.Position && count >= 0 ? new byte[count] : throw new EndOfStreamException();
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
            return bytes;
        }

        Require(Take(Magic.Length).AsSpan().SequenceEqual(Magic));
        var header = JsonSerializer.Deserialize<Header>(Take(BitConverter.ToInt32(Take(4))), SnakeCaseJson.Options);
        if (header is not { Identity: not null, State: not null, Lengths: { } lengths })
        {
            throw new InvalidDataException();
        }

        float[][] Group() => [.. lengths.Select(length => MemoryMarshal.Cast<byte, float>(Take(4L * length)).ToArray())];
        var checkpoint = new Checkpoint(
            header.Identity,
            header.State,
            Group(),
            Group(),
            Group(),
            header.HasBest ? Group() : null,
            header.Losses ?? []
        );
        var expected = hash.GetHashAndReset();
        Require(Take(expected.Length).AsSpan().SequenceEqual(expected) && stream.Position == stream.Length);
        return checkpoint;
    }

    private static IEnumerable<float[]> Arrays(Checkpoint checkpoint) =>
        checkpoint.Values.Concat(checkpoint.FirstMoments).Concat(checkpoint.SecondMoments).Concat(checkpoint.Best ?? []);

    private static void Require(bool fact)
    {
        if (!fact)
        {
            throw new InvalidDataException();
        }
    }

    private sealed record Header(
        RunIdentity Identity,
        TrainingState State,
        IReadOnlyList<int> Lengths,
        bool HasBest,
        IReadOnlyList<RecordedLoss>? Losses
    );
}
