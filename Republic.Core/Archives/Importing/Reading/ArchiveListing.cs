using System.IO.Compression;
using System.Text.Json;

namespace Republic.Core.Archives.Importing.Reading;

/// <summary>
/// Compares the two lists of an archive, that of the ZIP and its own, and holds both to the limits. Nothing else is unpacked for that.
/// </summary>
internal static class ArchiveListing
{
    public static Outcome<Dictionary<string, ZipArchiveEntry>> Of(ZipArchive zip, long packed, ArchiveLimits limits)
    {
        var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.OrdinalIgnoreCase);
        var unpacked = 0L;
        foreach (var entry in zip.Entries)
        {
            if (!ArchivePaths.IsFine(entry.FullName) || !entries.TryAdd(entry.FullName, entry))
            {
                return ArchiveRefusals.Name(entry.FullName);
            }

            // Held against the limit by itself too: lengths of that many bytes would have no sum.
            if (entry.Length < 0 || entry.Length > limits.MaxBytes || !limits.Allows(unpacked += entry.Length, packed))
            {
                return ArchiveRefusals.TooLarge(limits.MaxBytes);
            }
        }

        return entries;
    }

    public static async Task<Outcome<ArchiveManifest>> ManifestAsync(Dictionary<string, ZipArchiveEntry> entries, CancellationToken ct)
    {
        if (!entries.TryGetValue(ArchiveFormat.Manifest, out var entry) || entry.Length > ArchiveLimits.MaxManifest(entries.Count))
        {
            return ArchiveRefusals.NoArchive;
        }

        try
        {
            var json = new byte[entry.Length];
            await using var stream = new LimitedStream(entry.Open(), entry.Length);
            await stream.ReadExactlyAsync(json, ct);
            var (format, version) = HeadOf(json);
            return format is null or < 1 ? ArchiveRefusals.NoArchive
                : format > ArchiveFormat.Number ? ArchiveRefusals.Later(format.Value, version)
                : JsonSerializer.Deserialize<ArchiveManifest>(json, ArchiveJson.Options) is { } manifest ? manifest
                : ArchiveRefusals.NoArchive;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return ArchiveRefusals.NoArchive;
        }
    }

    /// <summary>What the two lists do not agree on; null where they do.</summary>
    public static Failure? Problem(Dictionary<string, ZipArchiveEntry> entries, ArchiveManifest manifest)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal) { ArchiveFormat.Manifest };
        foreach (var entry in manifest.Entries)
        {
            if (entry is null || !listed.Add(entry.Name) || !entries.TryGetValue(entry.Name, out var held) || held.Length != entry.Bytes)
            {
                return ArchiveRefusals.Unlisted(entry?.Name ?? "");
            }
        }

        return entries.Keys.FirstOrDefault(name => !listed.Contains(name)) is { } unlisted ? ArchiveRefusals.Unlisted(unlisted) : null;
    }

    /// <summary>What all formats say. What else a later one says may be written otherwise, and is passed over.</summary>
    private static (int? Format, string? AppVersion) HeadOf(ReadOnlySpan<byte> json)
    {
        (int? Format, string? AppVersion) head = (null, null);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ArchiveJson.Options.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            var (isFormat, isVersion) = (reader.ValueTextEquals("format"), reader.ValueTextEquals("app_version"));
            reader.Read();
            if (isFormat && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var format))
            {
                head.Format = format;
            }
            else if (isVersion && reader.TokenType == JsonTokenType.String)
            {
                head.AppVersion = reader.GetString();
            }

            reader.Skip();
        }

        return head;
    }
}
