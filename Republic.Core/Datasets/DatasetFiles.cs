using Republic.Core.Data;

namespace Republic.Core.Datasets;

/// <summary>
/// Where the rows are: <c>datasets/&lt;id&gt;/source</c>, the upload byte for byte, and one folder for each version. Every name below
/// the data folder is made here; what people call their files never becomes part of a path.
/// </summary>
public sealed class DatasetFiles(DataFolder data)
{
    private const string Root = "datasets";

    public string SourceOf(Guid dataset) => data.Path(Root, dataset.ToString(), "source");

    public string FolderOf(Guid dataset, string version) => data.Path(Root, dataset.ToString(), version);

    /// <summary>
    /// Each start of a job writes to a folder of its own, so one that another node has overtaken cannot touch the version
    /// that counts: the row names its folder.
    /// </summary>
    public static string NewVersion(int number, int epoch) => $"v{number}-{epoch}";

    internal string UnfinishedSourceOf(Guid dataset) => data.Path(Root, dataset.ToString(), "source.part");

    internal string Make(Guid dataset) => data.Folder(Root, dataset.ToString());

    internal void Delete(Guid dataset) => Delete(data.Path(Root, dataset.ToString()));

    internal void DeleteVersion(Guid dataset, string version) => Delete(FolderOf(dataset, version));

    /// <summary>Versions on the disk, finished or not.</summary>
    internal IReadOnlyList<string> VersionsOf(Guid dataset)
    {
        var folder = new DirectoryInfo(data.Path(Root, dataset.ToString()));
        return folder.Exists ? [.. folder.EnumerateDirectories("v*").Select(version => version.Name)] : [];
    }

    internal long SizeOf(Guid dataset, string version) =>
        new DirectoryInfo(FolderOf(dataset, version)).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    /// <summary>Folders of datasets that were last touched before then, whether or not a row knows them.</summary>
    internal IReadOnlyList<Guid> OlderThan(DateTimeOffset then)
    {
        var root = new DirectoryInfo(data.Path(Root));
        return root.Exists
            ?
            [
                .. root.EnumerateDirectories()
                    .Where(folder => LastTouched(folder) < then.UtcDateTime)
                    .Select(folder => Guid.TryParse(folder.Name, out var id) ? id : Guid.Empty)
                    .Where(id => id != Guid.Empty),
            ]
            : [];
    }

    private static DateTime LastTouched(DirectoryInfo folder) =>
        folder.EnumerateFileSystemInfos().Select(entry => entry.LastWriteTimeUtc).Append(folder.LastWriteTimeUtc).Max();

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already, which is what was wanted.
        }
    }
}
