using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Republic.Core.Backups.Sealing;
using Republic.Core.Backups.Taking;
using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.Host;
using Republic.Core.Security;

namespace Republic.Core.Backups;

/// <summary>
/// Takes backups: the database as it is at one moment and the files of that moment, in one file, while everybody goes on. No master key is in it.
/// </summary>
public sealed class BackupTaker(
    IDbContextFactory<RepublicDb> databases,
    DataFolder data,
    IConfiguration configuration,
    IEnumerable<SealedColumn> columns,
    BackupCheck check,
    TimeProvider time
)
{
    private const string NothingThere =
        "There is nothing in this database yet, so there is nothing to back up. Start Republic once, then try again.";

    private readonly BackupKeys keys = new(configuration, data, columns);

    /// <summary>Writes a backup beside <paramref name="file"/>, reads it again, and gives it its name.</summary>
    /// <param name="file">Nothing may be there.</param>
    /// <param name="passphrase">Encrypts the whole file; null for none.</param>
    /// <returns>The backup, or in a sentence why there is none. Then nothing is left behind.</returns>
    /// <exception cref="StartupRefusedException">A master key that is here cannot be used.</exception>
    /// <exception cref="Npgsql.NpgsqlException">The database is away.</exception>
    public async Task<Outcome<BackupTaken>> TakeAsync(
        string file,
        string? passphrase,
        IProgress<BackupProgress>? progress,
        CancellationToken ct
    )
    {
        var path = Path.GetFullPath(file);
        if (RefusalOf(path) is { } refused)
        {
            return refused;
        }

        try
        {
            await using var database = await DatabaseSnapshot.OpenAsync(databases, ct);
            if (!await database.TryLockAsync(ct))
            {
                return Failure.Conflict("Another backup of this Republic is being taken. Wait until it is done.");
            }

            FileSnapshot.Clear(data);
            return await TakeAsync(database, path, passphrase, new ProgressMeter(progress), ct);
        }
        catch (Exception e) when (DiskFaults.IsFull(e))
        {
            return Failure.Conflict($"The disk of {path} is full, so there is no backup, and nothing of it is left there.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failure.Conflict($"There is no backup: {e.Message}");
        }
    }

    /// <summary>What a backup would hold now. Nothing is written.</summary>
    /// <exception cref="StartupRefusedException">A master key that is here cannot be used.</exception>
    public async Task<Outcome<BackupPlan>> PlanAsync(string file, CancellationToken ct)
    {
        if (RefusalOf(Path.GetFullPath(file)) is { } refused)
        {
            return refused;
        }

        await using var database = await DatabaseSnapshot.OpenAsync(databases, ct);
        await database.BeginAsync(ct);
        if (database.Migration is null)
        {
            return Failure.Conflict(NothingThere);
        }

        var needed = await keys.NeededAsync(database, ct);
        if (!needed.Ok)
        {
            return needed.Failure;
        }

        try
        {
            // It makes its folder when it takes the first file, and here it takes none.
            var files = new FileSnapshot(data);
            var (tables, found) = (await database.SizeAsync(ct), files.Walk().Select(one => one.File.Length).ToList());
            IReadOnlyList<string> leftOut = [.. LeftOut(database, files)];
            return new BackupPlan(database.Tables.Count, tables, found.Count, found.Sum(), needed.Value[0], leftOut);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failure.Conflict($"The data folder cannot be read: {e.Message}");
        }
    }

    private static IEnumerable<string> LeftOut(DatabaseSnapshot database, FileSnapshot files) =>
        [.. files.LeftOut, .. database.Others.Select(table => $"table {table}: it is not Republic's")];

    private Failure? RefusalOf(string path)
    {
        if (Path.Exists(path))
        {
            return Failure.Conflict($"{path} is there already. Name another file, or delete that one first.");
        }

        var below = Path.GetRelativePath(data.Root, path);
        var isInside = !Path.IsPathRooted(below) && below.Split(Path.DirectorySeparatorChar)[0] is var first && first != "..";
        return isInside && !below.StartsWith(BackupPaths.Backups + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? Failure.Conflict(
                    $"{path} lies in the data folder, which is what is backed up. Name a file elsewhere, best on another disk."
                )
            : Directory.Exists(Path.GetDirectoryName(path)) ? null
            : Failure.Conflict($"There is no folder {Path.GetDirectoryName(path)}.");
    }

    private async Task<Outcome<BackupTaken>> TakeAsync(
        DatabaseSnapshot database,
        string path,
        string? passphrase,
        ProgressMeter meter,
        CancellationToken ct
    )
    {
        var (takenAt, started) = (time.GetUtcNow(), time.GetTimestamp());
        var part = UnfinishedFile.PathOf(path);
        var output = NewFile(part);
        try
        {
            using var measured = new MeasuredStream(output);
            using var sealing = passphrase is null ? null : new SealingStream(measured, ChunkCipher.New(passphrase));
            var written = await WriteAsync(database, sealing ?? (Stream)measured, takenAt, meter, ct);
            if (!written.Ok)
            {
                return written.Failure;
            }

            sealing?.Complete();
            output.Flush(flushToDisk: true);
            await output.DisposeAsync();
            var read = await check.CheckAsync(part, passphrase, meter, ct);
            if (!read.Ok)
            {
                return read.Failure;
            }

            File.Move(part, path);
            return new BackupTaken(path, measured.Bytes, takenAt, time.GetElapsedTime(started), measured.Sha256(), read.Value);
        }
        finally
        {
            try
            {
                // On a full disk this fails too.
                await output.DisposeAsync();
            }
            finally
            {
                File.Delete(part);
            }
        }
    }

    /// <summary>For this account alone, as the data folder is. Somebody else who writes there is not disturbed.</summary>
    private static FileStream NewFile(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 1 << 17,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private async Task<Outcome<BackupManifest>> WriteAsync(
        DatabaseSnapshot database,
        Stream to,
        DateTimeOffset takenAt,
        ProgressMeter meter,
        CancellationToken ct
    )
    {
        // Before and after the moment of the database: what a row of it names was there at one of the two.
        using var files = new FileSnapshot(data);
        files.Take(ct);
        await database.BeginAsync(ct);
        files.Take(ct);
        if (database.Migration is null)
        {
            return Failure.Conflict(NothingThere);
        }

        var needed = await keys.NeededAsync(database, ct);
        if (!needed.Ok)
        {
            return needed.Failure;
        }

        await using var archive = new BackupWriter(to);
        var tables = await WriteTablesAsync(database, archive, meter, ct);
        var sequences = await database.SequencesAsync(ct);
        await database.EndAsync(ct);
        var held = await WriteFilesAsync(files, archive, meter, ct);
        var manifest = new BackupManifest(
            BackupManifest.CurrentFormat,
            AppVersion.Current,
            takenAt,
            database.Migration,
            needed.Value,
            tables,
            sequences,
            held,
            [.. LeftOut(database, files)]
        );
        await archive.FinishAsync(manifest, ct);
        return manifest;
    }

    private static async Task<List<BackupTable>> WriteTablesAsync(
        DatabaseSnapshot database,
        BackupWriter archive,
        ProgressMeter meter,
        CancellationToken ct
    )
    {
        meter.Begin("Writing tables", null);
        List<BackupTable> tables = [];
        foreach (var (name, copiedColumns) in database.Tables)
        {
            var table = new BackupTable(name, copiedColumns, 0, 0, "");
            var copied = await archive.AddAsync(
                table.Entry,
                CompressionLevel.Fastest,
                to => database.CopyAsync(name, copiedColumns, to, meter.Advance, ct)
            );
            tables.Add(table with { Rows = copied.Lines, Bytes = copied.Bytes, Sha256 = copied.Sha256 });
        }

        return tables;
    }

    private static async Task<List<BackupFile>> WriteFilesAsync(
        FileSnapshot files,
        BackupWriter archive,
        ProgressMeter meter,
        CancellationToken ct
    )
    {
        var taken = files.Taken();
        var contents = new FileContents(archive, taken);
        meter.Begin("Writing files", taken.Sum(file => file.Bytes));
        List<BackupFile> held = [];
        foreach (var file in taken)
        {
            try
            {
                held.Add(await contents.AddAsync(file, meter.Advance, ct));
            }
            catch (IOException e) when (FileSnapshot.IsInUse(e))
            {
                files.LeaveOut(file);
            }
        }

        return held;
    }
}
