using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Republic.Core.Data;

namespace Republic.Core.Backups.Restoring;

/// <summary>
/// The data folder that a backup is restored into. Everything is made in <c>restoring/data</c> below it, which becomes a whole data folder,
/// and moved up when nothing is missing. From when the first of it is made until all is moved, Republic does not start on the folder.
/// </summary>
internal sealed class RestoreFolder : IDisposable
{
    private const string LockName = "restore.lock";
    private const string FilledName = "filled";
    private static readonly string[] MayBeThere = ["keys", BackupPaths.Backups, DataFolder.RestoringFolder, "lost+found"];

    private readonly DataFolder folder;
    private readonly FileLock claim;

    private RestoreFolder(DataFolder folder, FileLock claim) => (this.folder, this.claim) = (folder, claim);

    /// <summary>What the data folder will be.</summary>
    public DataFolder Made => new(folder.Path(DataFolder.RestoringFolder, "data"));

    /// <summary>What already is in the folder; null where there is nothing but keys and what an earlier restore left.</summary>
    public static Failure? RefusalOf(DataFolder folder)
    {
        if (Postmaster.Read(folder.Path("pg")) is { IsAlive: true })
        {
            return Failure.Conflict(
                $"Republic runs on {folder.Root}. A backup is restored into an empty folder: name another one in REPUBLIC_DATA."
            );
        }

        List<string> found = Directory.Exists(folder.Root)
            ?
            [
                .. Directory
                    .EnumerateFileSystemEntries(folder.Root)
                    .Select(entry => Path.GetFileName(entry))
                    .Except(MayBeThere, StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ]
            : [];
        return found.Count == 0
            ? null
            : Failure.Conflict(
                $"{folder.Root} is not empty: it has {NameList.Of(found)}. A backup is restored into a folder with nothing but keys in it; "
                    + "name one in REPUBLIC_DATA, or empty this one."
            );
    }

    /// <summary>The mark of the restore that was begun here; null where none was. A database that it filled has it too.</summary>
    /// <param name="digest">Of the backup.</param>
    public static string? MarkOf(string digest, DataFolder folder) =>
        Text(folder, DataFolder.RestoringId) is { } id ? $"Restored from the backup {digest} as {id}" : null;

    /// <summary>Whether everything is in <see cref="Made"/> and the database, so that it has to be moved up alone.</summary>
    public static bool IsFilledWith(string mark, DataFolder folder) => Text(folder, FilledName) == mark;

    /// <returns>Null while another process restores into this folder.</returns>
    public static RestoreFolder? TryEnter(DataFolder folder)
    {
        var restoring = folder.Folder(DataFolder.RestoringFolder);
        return FileLock.TryTake(Path.Combine(restoring, LockName)) is { } taken ? new RestoreFolder(folder, taken) : null;
    }

    /// <summary>Takes away what an earlier restore made, and its database server, which outlives a process that is killed.</summary>
    /// <param name="holdsDatabase">PostgreSQL's files will lie in it.</param>
    public async Task ClearAsync(bool holdsDatabase, CancellationToken ct)
    {
        if (Postmaster.Read(Made.Path("pg")) is { IsAlive: true })
        {
            await (await EmbeddedPostgres.StartAsync(Made, NullLogger.Instance, ct)).DisposeAsync();
        }

        File.Delete(InRestoring(folder, FilledName));
        if (Directory.Exists(Made.Root))
        {
            Directory.Delete(Made.Root, recursive: true);
        }

        folder.Lock(holdsDatabase);
        new DataFolder(folder.Path(DataFolder.RestoringFolder)).Lock(holdsDatabase);
        Made.Lock(holdsDatabase);
        Directory.CreateDirectory(Made.Root);
        Write(DataFolder.RestoringId, Guid.CreateVersion7().ToString());
    }

    public void MarkFilled(string mark) => Write(FilledName, mark);

    /// <summary>Moves everything up. Stopped at any point, it goes on where it was.</summary>
    public void Finish()
    {
        var made = new DirectoryInfo(Made.Root);
        foreach (var entry in made.Exists ? made.EnumerateFileSystemInfos().ToList() : [])
        {
            if (entry is DirectoryInfo { Name: "keys" } keys)
            {
                var own = folder.Folder("keys");
                Array.ForEach(keys.GetFiles(), file => file.MoveTo(Path.Combine(own, file.Name), overwrite: true));
            }
            else if (entry is DirectoryInfo { Name: not "pg.users" } moved)
            {
                moved.MoveTo(folder.Path(moved.Name));
            }
        }

        // From here on it is over: a stop within what follows leaves a folder that nobody needs, and not half of a restore.
        File.Delete(InRestoring(folder, DataFolder.RestoringId));
        claim.Dispose();
        Directory.Delete(folder.Path(DataFolder.RestoringFolder), recursive: true);
    }

    /// <summary>What was made stays for the same restore to go on with; where nothing was, the folder is as it was before.</summary>
    public void Dispose()
    {
        claim.Dispose();
        var restoring = new DirectoryInfo(folder.Path(DataFolder.RestoringFolder));
        if (restoring.Exists && restoring.EnumerateFileSystemInfos().All(entry => entry.Name == LockName))
        {
            restoring.Delete(recursive: true);
        }
    }

    private static string InRestoring(DataFolder folder, string name) => folder.Path(DataFolder.RestoringFolder, name);

    private static string? Text(DataFolder folder, string name) =>
        File.Exists(InRestoring(folder, name)) ? File.ReadAllText(InRestoring(folder, name)) : null;

    private void Write(string name, string text) =>
        AtomicFile.Write(InRestoring(folder, name), stream => stream.Write(Encoding.ASCII.GetBytes(text)));
}
