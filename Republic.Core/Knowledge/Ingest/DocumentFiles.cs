using Republic.Core.Data;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>
/// Where uploaded documents lie: <c>documents/&lt;id&gt;</c>, byte for byte. Every name below the data folder is made here; what people
/// call their files never becomes part of a path.
/// </summary>
public sealed class DocumentFiles(DataFolder data)
{
    private const string Root = "documents";
    private const string Part = ".part";

    internal string PathOf(Guid document) => data.Path(Root, document.ToString());

    internal string UnfinishedPathOf(Guid document) => Path.Combine(data.Folder(Root), document + Part);

    /// <summary>What was not uploaded.</summary>
    internal async Task WriteAsync(Guid document, byte[] bytes, CancellationToken ct)
    {
        await File.WriteAllBytesAsync(UnfinishedPathOf(document), bytes, ct);
        File.Move(UnfinishedPathOf(document), PathOf(document), overwrite: true);
    }

    internal void Delete(Guid document)
    {
        Directory.CreateDirectory(data.Path(Root));
        File.Delete(PathOf(document));
        File.Delete(UnfinishedPathOf(document));
    }

    /// <summary>Documents whose files were last touched before then, whether or not a row knows them.</summary>
    internal IReadOnlyList<Guid> OlderThan(DateTimeOffset then) =>
        [
            .. new DirectoryInfo(data.Folder(Root))
                .EnumerateFiles()
                .Where(file => file.LastWriteTimeUtc < then.UtcDateTime)
                .Select(file => Guid.TryParse(Path.GetFileNameWithoutExtension(file.Name), out var id) ? id : Guid.Empty)
                .Where(id => id != Guid.Empty)
                .Distinct(),
        ];
}
