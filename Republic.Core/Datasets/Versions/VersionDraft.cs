using System.Text.Json;
using Republic.Core.Datasets.Refining;

namespace Republic.Core.Datasets.Versions;

/// <summary>A version that is being made, under another name until it is whole.</summary>
internal sealed class VersionDraft : IDisposable
{
    public const string RowsIndex = "rows.index";
    public const string RepeatsFile = "repeats.jsonl";
    public const string RepeatsIndex = "repeats.index";
    public const string ClustersIndex = "clusters.index";
    public const string ResultFile = "stats.json";

    /// <summary>What a version holds beside its samples and its rejected rows.</summary>
    public static readonly IReadOnlyList<string> Beside = [RowsIndex, RepeatsFile, RepeatsIndex, ClustersIndex];
    private const string Unfinished = ".part";
    private readonly string folder;
    private readonly string part;
    private readonly long? mostBytes;
    private readonly List<FileStream> open = [];
    private bool isDone;

    /// <param name="mostBytes">What the version may take on the disk.</param>
    public VersionDraft(string folder, long? mostBytes)
    {
        (this.folder, part, this.mostBytes) = (folder, folder + Unfinished, mostBytes);
        Remove(part);
        Directory.CreateDirectory(part);
        Samples = Create(VersionReader.SamplesFile);
        Rejected = new RejectedWriter(Create(VersionReader.RejectedFile));
    }

    /// <summary>Readable too: rows that turn out to be repeats are taken out again.</summary>
    public FileStream Samples { get; }

    public RejectedWriter Rejected { get; }

    /// <summary>Of all files, with what is not flushed yet.</summary>
    private long Length => open.Sum(stream => stream.CanRead ? stream.Length : 0);

    public void AppendSamples(ReadOnlySpan<byte> lines) => Samples.Write(lines);

    public FileStream Create(string name)
    {
        var stream = new FileStream(Path.Combine(part, name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        open.Add(stream);
        return stream;
    }

    /// <summary>Called every few thousand rows, so that what is too large ends early.</summary>
    /// <exception cref="QuotaExceededException">The files take more than they may.</exception>
    public void CheckBudget()
    {
        if (mostBytes is { } most && Length > most)
        {
            throw QuotaExceededException.OnDisk(most);
        }
    }

    /// <summary>Waits until the disk holds everything, and gives the folder its name.</summary>
    /// <returns>The result with the size on disk.</returns>
    /// <exception cref="QuotaExceededException">Likewise.</exception>
    public RefineryResult Complete(RefineryResult result)
    {
        CheckBudget();
        foreach (var stream in open.Where(stream => stream.CanWrite))
        {
            stream.Flush(flushToDisk: true);
        }

        result = result with { BytesOnDisk = Length };
        using (var stats = Create(ResultFile))
        {
            JsonSerializer.Serialize(stats, result, SnakeCaseJson.Options);
            stats.Flush(flushToDisk: true);
        }

        open.ForEach(stream => stream.Dispose());
        Directory.Move(part, folder);
        isDone = true;
        return result;
    }

    public void Dispose()
    {
        if (isDone)
        {
            return;
        }

        foreach (var stream in open)
        {
            try
            {
                stream.Dispose();
            }
            catch (IOException)
            {
                // On a full disk closing tries once more to write what it holds; the folder goes anyway.
            }
        }

        Remove(part);
    }

    public static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
