using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Republic.Core;
using Republic.Core.Backups;
using Republic.Core.Backups.Restoring;
using Republic.Core.Data;

namespace Republic.Bench;

/// <summary>
/// Backups of a Republic whose nodes, children and database are killed meanwhile. Each is restored, and what was restored is backed up again:
/// the two agree table by table and file by file, row by row in their hashes. Then restores are killed, and files cut and changed.
/// </summary>
internal sealed class Campaign(string app, EmbeddedPostgres source, EmbeddedPostgres target, DataFolder data, DirectoryInfo work)
    : IAsyncDisposable
{
    private readonly List<string> violations = [];
    private readonly List<TimeSpan> took = [];
    private int refused;
    private long largest;

    public static async Task<Campaign> PrepareAsync(string app, string folder)
    {
        // The database runs already: its users share it, and the last one stops it.
        var source = await StartAsync(Path.Combine(folder, "db"));
        var work = Directory.CreateTempSubdirectory("republic-backups-");
        var target = await StartAsync(Path.Combine(work.FullName, "db"));
        return new Campaign(app, source, target, new DataFolder(Path.Combine(folder, "data")), work);
    }

    public async Task<bool> RunAsync(int backups, int kills, int cuts, int seed)
    {
        var last = "";
        for (var number = 0; number < backups; number++)
        {
            last = await BackUpAsync(number);
            await CompareAsync(last, number);
        }

        await KillAllAsync(last, kills);
        var random = new SeededRandom((ulong)seed);
        await DamageAsync(last, cuts, bytes => bytes[..random.Next(bytes.Length)], mayBeSame: false);
        await DamageAsync(last, cuts, bytes => Changed(bytes, random.Next(bytes.Length)), mayBeSame: true);
        Console.WriteLine(
            $"""
            `bench/backups/run {backups} {kills} {cuts} {seed}`:

            | what | |
            | --- | --- |
            | backups taken, restored and compared | {backups} |
            | backups that the database's own death ended, and that were taken again | {refused} |
            | a backup took, median and longest | {took.Order().ElementAt(
                took.Count / 2
            ).TotalSeconds:0.0} s, {took.Max().TotalSeconds:0.0} s |
            | the largest | {ByteSize.Of(largest)} |
            | restores killed (-9) and begun again, into a folder of their own and into a database of one's own | {kills} |
            | files cut, and files with a byte changed | {cuts}, {cuts} |
            | violations | {violations.Count} |
            """
        );
        violations.ForEach(violation => Console.WriteLine($"- {violation}"));
        return violations.Count == 0;
    }

    public async ValueTask DisposeAsync()
    {
        await target.DisposeAsync();
        await source.DisposeAsync();
        work.Delete(recursive: true);
    }

    private static Task<EmbeddedPostgres> StartAsync(string folder) =>
        EmbeddedPostgres.StartAsync(new DataFolder(folder), NullLogger.Instance, CancellationToken.None);

    private async Task<string> BackUpAsync(int number)
    {
        var file = Path.Combine(work.FullName, $"{number}.zip");
        while (true)
        {
            try
            {
                await using var house = new House($"{source.ConnectionString};Pooling=false", data);
                var taken = await house.TakeAsync(file);
                if (taken.Ok)
                {
                    took.Add(taken.Value.Took);
                    largest = Math.Max(largest, taken.Value.Bytes);
                    return file;
                }

                Add($"backup {number}: {taken.Failure.Message}");
            }
            catch (Exception e) when (DatabaseFaults.IsDatabaseAway(e) || e is InvalidOperationException)
            {
                refused++;
            }

            await Task.Delay(1000);
        }
    }

    private async Task CompareAsync(string file, int number)
    {
        var (connection, folder) = (await NewDatabaseAsync(), NewFolder());
        var restored = await new BackupRestorer(folder, new ConfigurationBuilder().Build()).RestoreAsync(
            new RestoreOrder(file, ConnectionString: connection),
            progress: null,
            CancellationToken.None
        );
        if (!restored.Ok)
        {
            Add($"restore {number}: {restored.Failure.Message}");
            return;
        }

        await using (var house = new House(connection, folder))
        {
            await CompareAsync(house, restored.Value, $"restore {number}");
        }

        await DropAsync(connection, folder);
        if (number > 0)
        {
            File.Delete(Path.Combine(work.FullName, $"{number - 1}.zip"));
        }
    }

    private async Task CompareAsync(House house, BackupManifest wanted, string what)
    {
        var file = Path.Combine(work.FullName, "again.zip");
        var again = await house.TakeAsync(file);
        File.Delete(file);
        if (!again.Ok)
        {
            Add($"{what}: {again.Failure.Message}");
            return;
        }

        var found = again.Value.Manifest;
        var tables = wanted
            .Tables.Zip(found.Tables)
            .Where(pair => (pair.First.Name, pair.First.Sha256) != (pair.Second.Name, pair.Second.Sha256));
        foreach (var (table, _) in tables)
        {
            Add($"{what}: {table.Name} differs");
        }

        var files = wanted.Files.Select(one => (one.Path, one.Sha256)).ToHashSet();
        files.SymmetricExceptWith(found.Files.Select(one => (one.Path, one.Sha256)));
        foreach (var (path, _) in files)
        {
            Add($"{what}: {path} differs");
        }

        if (await house.MissingAsync() is > 0 and var missing)
        {
            Add($"{what}: {missing} files that rows name are missing or others");
        }

        if (!wanted.Sequences.SequenceEqual(found.Sequences) || !await house.IsAuditWholeAsync())
        {
            Add($"{what}: sequences or the audit log differ");
        }
    }

    /// <summary>The moments lie evenly over the time that a restore takes; every other one has an embedded database.</summary>
    private async Task KillAllAsync(string file, int kills)
    {
        for (var isEmbedded = 0; isEmbedded < 2; isEmbedded++)
        {
            var (connection, folder) = (isEmbedded == 0 ? await NewDatabaseAsync() : null, NewFolder());
            var started = Stopwatch.GetTimestamp();
            await RestoreAsync(file, connection, folder, killAfter: null);
            var whole = Stopwatch.GetElapsedTime(started);
            await DropAsync(connection, folder);
            for (var kill = isEmbedded; kill < kills; kill += 2)
            {
                await KillAsync(file, isEmbedded == 1, whole * (kill + 0.5) / kills, $"kill {kill}");
            }
        }
    }

    private async Task KillAsync(string file, bool isEmbedded, TimeSpan after, string what)
    {
        var (connection, folder) = (isEmbedded ? null : await NewDatabaseAsync(), NewFolder());
        await RestoreAsync(file, connection, folder, after);
        var isOver = !File.Exists(folder.Path("restoring", "id")) && Directory.Exists(folder.Path("datasets"));
        if (!isOver && await RestoreAsync(file, connection, folder, killAfter: null) is var (exit, said) && exit != 0)
        {
            Add($"{what}: {said}");
            return;
        }

        var embedded = isEmbedded ? await StartAsync(folder.Root) : null;
        await using (var house = new House(connection ?? embedded!.ConnectionString, folder))
        {
            var manifest = await house.Check.CheckAsync(file, passphrase: null, CancellationToken.None);
            await CompareAsync(house, manifest.Value!, what);
        }

        if (embedded is not null)
        {
            await embedded.DisposeAsync();
        }

        await DropAsync(connection, folder);
    }

    private async Task<(int Exit, string Said)> RestoreAsync(string file, string? connection, DataFolder folder, TimeSpan? killAfter)
    {
        var start = new ProcessStartInfo("dotnet", [app, "restore", file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder.Root,
        };
        start.Environment["REPUBLIC_DATA"] = folder.Root;
        start.Environment["ConnectionStrings__Db"] = connection;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (killAfter is { } after)
        {
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(after));
            process.Kill();
        }

        await process.WaitForExitAsync();
        return killAfter is null ? (process.ExitCode, await output + await error) : (process.ExitCode, "");
    }

    private async Task DamageAsync(string file, int times, Func<byte[], byte[]> damage, bool mayBeSame)
    {
        var (bytes, damaged) = (await File.ReadAllBytesAsync(file), Path.Combine(work.FullName, "damaged.zip"));
        await using var house = new House(target.ConnectionString, data);
        var whole = (await house.Check.CheckAsync(file, passphrase: null, CancellationToken.None)).Value!.Serialize();
        for (var time = 0; time < times; time++)
        {
            await File.WriteAllBytesAsync(damaged, damage(bytes));
            var read = await house.Check.CheckAsync(damaged, passphrase: null, CancellationToken.None);
            if (read.Ok && !(mayBeSame && read.Value.Serialize().SequenceEqual(whole)))
            {
                Add($"a damaged file was taken for a whole one ({time})");
            }
        }
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        var copy = bytes.ToArray();
        copy[at] ^= 0x41;
        return copy;
    }

    /// <summary>With nothing but the master key in it.</summary>
    private DataFolder NewFolder()
    {
        var folder = new DataFolder(Path.Combine(work.FullName, $"data-{Guid.CreateVersion7():N}"));
        File.Copy(data.Path("keys", "master.key"), Path.Combine(folder.Folder("keys"), "master.key"));
        return folder;
    }

    private async Task<string> NewDatabaseAsync()
    {
        var name = $"b_{Guid.CreateVersion7():N}";
        await ExecuteAsync($"create database {name} template template0");
        return new NpgsqlConnectionStringBuilder(target.ConnectionString) { Database = name, Pooling = false }.ConnectionString;
    }

    private async Task DropAsync(string? connection, DataFolder folder)
    {
        if (connection is not null)
        {
            await ExecuteAsync($"drop database {new NpgsqlConnectionStringBuilder(connection).Database} with (force)");
        }

        Directory.Delete(folder.Root, recursive: true);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{target.ConnectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private void Add(string violation)
    {
        Console.Error.WriteLine(violation);
        violations.Add(violation);
    }
}
