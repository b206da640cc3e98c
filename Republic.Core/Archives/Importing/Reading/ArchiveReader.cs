using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Republic.Core.Archives.Importing.Reading;

/// <summary>
/// An archive that somebody uploaded. Opening it checks all that its lists say; that each entry is what they say of it,
/// <see cref="CheckAsync"/> finds out. Whatever is read is read as a stream, within limits.
/// </summary>
internal sealed class ArchiveReader : IDisposable
{
    private const int Chunk = 1 << 18;
    private readonly FileStream file;
    private readonly Dictionary<string, ZipArchiveEntry> entries;

    private ArchiveReader(FileStream file, Dictionary<string, ZipArchiveEntry> entries, ArchiveManifest manifest) =>
        (this.file, this.entries, Manifest) = (file, entries, manifest);

    public ArchiveManifest Manifest { get; }

    /// <summary>The names of the entries, in no order.</summary>
    public IReadOnlyCollection<string> Names => entries.Keys;

    public static async Task<Outcome<ArchiveReader>> OpenAsync(string path, ArchiveLimits limits, CancellationToken ct)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, Chunk);
        try
        {
            var opened = await OpenAsync(stream, limits, ct);
            if (!opened.Ok)
            {
                await stream.DisposeAsync();
            }

            return opened;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            await stream.DisposeAsync();
            return ArchiveRefusals.Broken;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private static async Task<Outcome<ArchiveReader>> OpenAsync(FileStream file, ArchiveLimits limits, CancellationToken ct)
    {
        if (ZipCount.Of(file, limits.MaxEntries) is not { } count)
        {
            return ArchiveRefusals.NoArchive;
        }

        if (count > limits.MaxEntries)
        {
            return ArchiveRefusals.TooMany(limits.MaxEntries);
        }

        // It holds nothing but the file, which is disposed of by itself.
        var listed = ArchiveListing.Of(new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true), file.Length, limits);
        if (!listed.Ok)
        {
            return listed.Failure;
        }

        var manifest = await ArchiveListing.ManifestAsync(listed.Value, ct);
        if (!manifest.Ok)
        {
            return manifest.Failure;
        }

        return ArchiveListing.Problem(listed.Value, manifest.Value) is { } problem
            ? problem
            : new ArchiveReader(file, listed.Value, manifest.Value);
    }

    /// <summary>Unpacks every entry, and compares it with the list.</summary>
    /// <param name="report">How much is done, 0 to 1.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public async Task<Failure?> CheckAsync(Action<double> report, CancellationToken ct)
    {
        var total = Math.Max(1, Manifest.Entries.Sum(entry => entry.Bytes));
        var done = 0L;
        foreach (var entry in Manifest.Entries)
        {
            try
            {
                await using var stream = Open(entry.Name)!;
                if (await EntryHash.OfAsync(stream, ct) != (entry.Bytes, entry.Sha256))
                {
                    return ArchiveRefusals.Changed(entry.Name);
                }
            }
            catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
            {
                return ArchiveRefusals.Changed(entry.Name);
            }

            done += entry.Bytes;
            report((double)done / total);
        }

        return null;
    }

    public bool Has(string name) => entries.ContainsKey(name);

    /// <summary>Unpacked; 0 where there is none of that name.</summary>
    public long LengthOf(string name) => entries.TryGetValue(name, out var entry) ? entry.Length : 0;

    /// <summary>Null where there is none of that name.</summary>
    public Stream? Open(string name) => entries.TryGetValue(name, out var entry) ? new LimitedStream(entry.Open(), entry.Length) : null;

    /// <summary>All of an entry; null where there is none, or it is longer than that.</summary>
    public async Task<byte[]?> ReadAsync(string name, long longest, CancellationToken ct)
    {
        if (!entries.TryGetValue(name, out var entry) || entry.Length > longest)
        {
            return null;
        }

        var bytes = new byte[entry.Length];
        await using var stream = Open(name)!;
        await stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    public Task<Outcome<T>> ReadJsonAsync<T>(string name, CancellationToken ct) => ReadJsonAsync<T>(name, ArchiveLimits.MaxJson, ct);

    /// <param name="longest">What is longer is not read.</param>
    public async Task<Outcome<T>> ReadJsonAsync<T>(string name, long longest, CancellationToken ct)
    {
        if (!entries.TryGetValue(name, out var entry))
        {
            return Failure.NotFound("file in the archive");
        }

        if (entry.Length > longest)
        {
            return Failure.Invalid("file", $"It has {ByteSize.Of(entry.Length)}; at most {ByteSize.Of(longest)} are read.");
        }

        try
        {
            await using var stream = Open(name)!;
            return await JsonSerializer.DeserializeAsync<T>(stream, ArchiveJson.Options, ct) is { } value ? value : Unreadable;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return Unreadable;
        }
    }

    /// <summary>Each line, or why it cannot be read. Of one that is too long nothing is kept.</summary>
    public async IAsyncEnumerable<Outcome<T>> ReadLinesAsync<T>(string name, [EnumeratorCancellation] CancellationToken ct)
        where T : class
    {
        if (Open(name) is not { } stream)
        {
            yield break;
        }

        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: Chunk, minimumReadSize: Chunk));
        var (lines, isTooLong) = (0, false);
        try
        {
            while (lines < ArchiveLimits.MostLines)
            {
                var read = await reader.ReadAsync(ct);
                var left = read.Buffer;
                while (lines < ArchiveLimits.MostLines && left.PositionOf((byte)'\n') is { } end)
                {
                    yield return isTooLong ? Unreadable : Parse<T>(left.Slice(0, end));
                    (lines, isTooLong, left) = (lines + 1, false, left.Slice(left.GetPosition(1, end)));
                }

                if (left.Length > ArchiveLimits.MaxLine)
                {
                    (isTooLong, left) = (true, left.Slice(left.End));
                }

                if (read.IsCompleted)
                {
                    if (isTooLong || !left.IsEmpty)
                    {
                        yield return isTooLong ? Unreadable : Parse<T>(left);
                    }

                    yield break;
                }

                reader.AdvanceTo(left.Start, left.End);
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    public void Dispose() => file.Dispose();

    private static Failure Unreadable => Failure.Invalid("file", "It is not written as archives of Republic are.");

    private static Outcome<T> Parse<T>(ReadOnlySequence<byte> line)
        where T : class
    {
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = ArchiveJson.Options.MaxDepth });
            return JsonSerializer.Deserialize<T>(ref reader, ArchiveJson.Options) is { } value ? value : Unreadable;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return Unreadable;
        }
    }
}
