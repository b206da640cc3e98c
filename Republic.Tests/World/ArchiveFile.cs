using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Republic.Tests.World;

/// <summary>An archive as Republic writes one, or with one thing wrong.</summary>
internal sealed class ArchiveFile
{
    private static readonly DateTimeOffset MadeAt = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private readonly List<(string Name, byte[] Content)> entries = [];
    private readonly List<object> listed = [];
    private readonly Dictionary<string, int> counts = [];

    /// <summary>The number of the format; null leaves the list of entries out.</summary>
    public int? Format { get; init; } = 1;

    /// <summary>Packed as tightly as can be.</summary>
    public bool IsSmallest { get; init; }

    /// <summary>One with a profile, which can be imported by anybody.</summary>
    public static ArchiveFile OfProfile(string interest = "boats") =>
        new ArchiveFile().Add("profile.json", $$$"""{"user_name":"Vera","citizen":{"interests":["{{{interest}}}"]}}""").Count("profile", 1);

    public ArchiveFile Add(string name, string content, bool isListed = true) => Add(name, Encoding.UTF8.GetBytes(content), isListed);

    public ArchiveFile Add(string name, byte[] content, bool isListed = true)
    {
        entries.Add((name, content));
        return isListed ? List(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content))) : this;
    }

    /// <summary>Says of an entry what may not be so.</summary>
    public ArchiveFile List(string name, long bytes, string sha256)
    {
        listed.Add(
            new
            {
                name,
                bytes,
                sha256,
            }
        );
        return this;
    }

    public ArchiveFile Count(string kind, int number)
    {
        counts[kind] = number;
        return this;
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                Write(zip, name, content);
            }

            if (Format is { } format)
            {
                var manifest = new
                {
                    format,
                    app_version = "1.0.0",
                    made_at = MadeAt,
                    user_name = "Vera",
                    counts,
                    entries = listed,
                };
                Write(zip, "archive.json", JsonSerializer.SerializeToUtf8Bytes(manifest));
            }
        }

        return bytes.ToArray();
    }

    private void Write(ZipArchive zip, string name, byte[] content)
    {
        using var stream = zip.CreateEntry(name, IsSmallest ? CompressionLevel.SmallestSize : CompressionLevel.Fastest).Open();
        stream.Write(content);
    }
}
