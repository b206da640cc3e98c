using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Datasets;

/// <summary>The files of a dataset: <c>datasets/&lt;id&gt;/source</c>, the upload byte for byte, and one folder for each version.</summary>
public sealed class DatasetFiles(DataFolder data) : FileStore<Guid>(data, "datasets")
{
    /// <summary>The full path of the source.</summary>
    public override string PathOf(Guid key) => Path.Combine(EntryOf(key), "source");

    public string FolderOf(Guid dataset, string version) => Path.Combine(EntryOf(dataset), version);

    /// <summary>
    /// Each start of a job writes to a folder of its own, so one that another node has overtaken cannot touch the version
    /// that counts: the row names its folder.
    /// </summary>
    public static string NewVersion(int number, int epoch) => $"v{number}-{epoch}";

    internal void DeleteVersion(Guid dataset, string version) => DeleteFolder(FolderOf(dataset, version));

    /// <summary>The names of the folders of versions on the disk, finished or not.</summary>
    internal IReadOnlyList<string> VersionsOf(Guid dataset)
    {
        var folder = new DirectoryInfo(EntryOf(dataset));
        return folder.Exists ? [.. folder.EnumerateDirectories("v*").Select(version => version.Name)] : [];
    }
}
