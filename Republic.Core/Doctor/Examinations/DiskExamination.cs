using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Whether the data folder can be written, and how much is free for it and for the embedded database.</summary>
/// <param name="read">The free and the total bytes of the disk of a folder.</param>
internal sealed class DiskExamination(DataFolder data, Installation installation, Func<string, (long Free, long Total)> read) : IExamination
{
    /// <summary>Beyond what is kept free: so much is gone in a day of downloads.</summary>
    private const long Soon = 5_000_000_000;

    public DiskExamination(DataFolder data, Installation installation)
        : this(data, installation, Read) { }

    public string Check => "disk";

    public Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. Examine()]);

    private IEnumerable<Finding> Examine()
    {
        if (!Directory.Exists(data.Root))
        {
            yield return Finding.Warning(
                Check,
                $"The data folder {data.Root} is not there yet.",
                "Start Republic once, which makes it, or name the right folder in REPUBLIC_DATA."
            );
            yield break;
        }

        if (Directory.Exists(data.Path(DataFolder.RestoringFolder)))
        {
            yield return Finding.Trouble(
                Check,
                $"A backup is being restored into {data.Root}, or its restore was stopped before it was over.",
                "Wait, or run the same republic restore command again, which goes on; Republic does not start before."
            );
        }

        if (WriteProblem(data.Root) is { } problem)
        {
            yield return Finding.Trouble(
                Check,
                $"The data folder {data.Root} cannot be written: {problem}",
                "Give the account that runs Republic the right to write there, or mount the disk for writing."
            );
        }

        yield return OfSpace("the data folder", data.Root);
        var database = data.Path("pg");
        if (installation.IsEmbedded && Directory.Exists(database) && read(database) != read(data.Root))
        {
            yield return OfSpace("the embedded database", database);
        }
    }

    private Finding OfSpace(string what, string folder)
    {
        var (free, total) = read(folder);
        var disk = new DiskSpace(() => (free, total));
        var figures = $"{ByteSize.Of(free)} of {ByteSize.Of(total)} are free for {what}, {folder}.";
        return !disk.Has(1)
                ? Finding.Trouble(
                    Check,
                    $"The disk is full: {figures}",
                    "Free space, or move it to a larger disk: uploads and downloads are refused until then."
                )
            : !disk.Has(Soon)
                ? Finding.Warning(Check, $"The disk is almost full: {figures}", "Free space soon, or move it to a larger disk.")
            : Finding.Good(Check, figures);
    }

    private static string? WriteProblem(string folder)
    {
        var path = Path.Combine(folder, $".doctor-{Guid.CreateVersion7():n}");
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.FirstLine();
        }
    }

    private static (long Free, long Total) Read(string folder)
    {
        var drive = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder);
        return (drive.AvailableFreeSpace, drive.TotalSize);
    }
}
