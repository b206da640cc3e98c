using System.Globalization;
using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training;

/// <summary>
/// Where a run's files are: <c>training/&lt;id&gt;/</c>, and below it what each start of the work makes in places of its own. Finished
/// weights go to <c>adapters/</c>, where the model host looks for them.
/// </summary>
public sealed class TrainingFiles(DataFolder data) : FileStore<Guid>(data, "training")
{
    private const string Asked = "retention-";

    public string FolderOf(Guid run) => Directory.CreateDirectory(EntryOf(run)).FullName;

    public string AdapterPath(string adapter) => Path.Combine(Data.Folder("adapters"), adapter + ".gguf");

    /// <summary>Of a run's folder, and of the weights that it made.</summary>
    internal long SizeOf(Guid run)
    {
        var folder = new DirectoryInfo(EntryOf(run));
        var weights = new FileInfo(AdapterPath(AdapterTrainer.NameOf(run)));
        return (folder.Exists ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0)
            + (weights.Exists ? weights.Length : 0);
    }

    internal long? AdapterBytes(string adapter) => new FileInfo(AdapterPath(adapter)) is { Exists: true } file ? file.Length : null;

    /// <summary>Names of weights that runs made, last touched before then. What people put there themselves has other names.</summary>
    internal IReadOnlyList<string> AdaptersOlderThan(DateTimeOffset then) =>
        [
            .. new DirectoryInfo(Data.Folder("adapters"))
                .EnumerateFiles("*.gguf")
                .Where(file => file.LastWriteTimeUtc < then.UtcDateTime)
                .Select(file => Path.GetFileNameWithoutExtension(file.Name))
                .Where(name => Guid.TryParseExact(name, "N", out _)),
        ];

    /// <summary>Copies that ended with their process.</summary>
    internal void DeleteUnfinishedAdapters(DateTimeOffset then)
    {
        foreach (var file in new DirectoryInfo(Data.Folder("adapters")).EnumerateFiles("*.gguf" + AtomicFile.Unfinished))
        {
            if (file.LastWriteTimeUtc < then.UtcDateTime)
            {
                file.Delete();
            }
        }
    }

    internal void DeleteAdapter(string adapter) => File.Delete(AdapterPath(adapter));

    /// <summary>Runs that have a folder, whether or not a row knows them.</summary>
    internal IReadOnlyList<Guid> Runs() => OlderThan(DateTimeOffset.MaxValue);

    /// <summary>What a start asks both versions, and where the findings go. Questions of chats may be among them.</summary>
    internal (string Prompts, string Findings) AskedBy(Guid run, int start)
    {
        var path = Path.Combine(FolderOf(run), Asked + start.ToString(CultureInfo.InvariantCulture));
        return (path + ".jsonl", path + ".json");
    }

    /// <summary>Of every start, where it was last touched before then.</summary>
    internal int DeleteAsked(Guid run, DateTimeOffset then) => DeleteAsked(run, "*", then);

    /// <summary>Of this start alone: one that overtook it may be asking just now.</summary>
    internal int DeleteAsked(Guid run, int start) =>
        DeleteAsked(run, start.ToString(CultureInfo.InvariantCulture) + ".*", DateTimeOffset.MaxValue);

    /// <summary>Checkpoints and weights as the starts of a run made them. Finished weights are kept among the adapters.</summary>
    internal int DeleteCheckpoints(Guid run)
    {
        var folders = new DirectoryInfo(FolderOf(run)).GetDirectories(AdapterTrainer.FolderOfStart("*"));
        Array.ForEach(folders, folder => folder.Delete(recursive: true));
        return folders.Length;
    }

    private int DeleteAsked(Guid run, string which, DateTimeOffset then)
    {
        var found = new DirectoryInfo(FolderOf(run)).GetFiles(Asked + which);
        var old = Array.FindAll(found, file => file.LastWriteTimeUtc < then.UtcDateTime);
        Array.ForEach(old, file => file.Delete());
        return old.Length;
    }
}
