using Republic.Core.Data;

namespace Republic.Core.Training;

/// <summary>
/// Where a run's files are: <c>training/&lt;id&gt;/</c>, and below it what each start of the work makes in places of its own. Finished
/// weights go to <c>adapters/</c>, where the model host looks for them.
/// </summary>
public sealed class TrainingFiles(DataFolder data)
{
    private const string Root = "training";

    public string FolderOf(Guid run) => data.Folder(Root, run.ToString());

    public string AdapterPath(string adapter) => Path.Combine(data.Folder("adapters"), adapter + ".gguf");

    /// <summary>Of a run's folder, and of the weights that it made.</summary>
    internal long SizeOf(Guid run)
    {
        var folder = new DirectoryInfo(data.Path(Root, run.ToString()));
        var weights = new FileInfo(AdapterPath(run.ToString("N")));
        return (folder.Exists ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0)
            + (weights.Exists ? weights.Length : 0);
    }

    internal void Delete(Guid run)
    {
        try
        {
            Directory.Delete(data.Path(Root, run.ToString()), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already, which is what was wanted.
        }
    }
}
