using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Backups.Schedules;

/// <summary>Where the files of backups are, and the passphrase that they are encrypted with.</summary>
public sealed class BackupFolder(DataFolder data, IOptions<BackupScheduleOptions> options)
{
    public string Root => options.Value.Folder is { Length: > 0 } chosen ? Path.GetFullPath(chosen) : data.Path("backups");

    /// <summary>Whether backups are encrypted.</summary>
    public bool HasPassphrase => options.Value.PassphraseFile is { Length: > 0 };

    /// <summary>The path of a name alone: a row that came with somebody else's backup leads to no file elsewhere.</summary>
    public string PathOf(string fileName) => Path.Combine(Root, Path.GetFileName(fileName));

    public bool Has(string fileName) => File.Exists(PathOf(fileName));

    /// <exception cref="IOException">It cannot be deleted, or the folder is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">This account of the machine may not delete it.</exception>
    public void Delete(string fileName) => File.Delete(PathOf(fileName));

    /// <summary>Deletes what was written of one that was never finished, as the process died.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">This account of the machine may not delete it.</exception>
    public void DeleteUnfinished(string fileName)
    {
        var part = UnfinishedFile.PathOf(PathOf(fileName));
        if (File.Exists(part))
        {
            File.Delete(part);
        }
    }

    public Failure Missing(string fileName) =>
        Failure.Conflict($"{fileName} is not in {Root}. Put it back there, or delete this backup from the list.");

    /// <summary>Read anew each time, so that the file can be changed while the app runs. Null where none is configured.</summary>
    public Outcome<string?> Passphrase()
    {
        if (options.Value.PassphraseFile is not { Length: > 0 } file)
        {
            return Outcome<string?>.Of(null);
        }

        var read = Sealing.PassphraseFile.Read(file);
        return read.Ok
            ? Outcome<string?>.Of(read.Value)
            : Failure.Conflict($"{read.Failure.Message} Mend the file, or take Backups:PassphraseFile out of the settings.");
    }
}
