using System.Security.Cryptography;
using Npgsql;

namespace Republic.Core.Data;

/// <summary>The first start: a cluster with one password-protected role and one database.</summary>
internal static class PostgresCreation
{
    public const string Superuser = "republic";
    public const string Database = "republic";

    public static string PasswordFile(DataFolder data) => data.Path("keys", "postgres.password");

    public static string Password(DataFolder data)
    {
        var path = PasswordFile(data);
        return File.Exists(path)
            ? File.ReadAllText(path).Trim()
            : throw new StartupRefusedException(
                $"{path} is missing: without it the database in {data.Path("pg")} cannot be opened. Restore it."
            );
    }

    public static async Task CreateAsync(DataFolder data, PostgresBinaries binaries, PostgresAccount account, CancellationToken ct)
    {
        WritePassword(data);
        foreach (var abandoned in Directory.EnumerateDirectories(data.Root, "pg.new-*"))
        {
            DeleteIfPossible(abandoned);
        }

        // Made aside and renamed when complete: a start that is killed half way leaves nothing that looks like a database.
        var aside = data.Folder($"pg.new-{Guid.CreateVersion7():n}");
        var made = Path.Combine(aside, "pg");
        var password = Path.Combine(aside, "password");
        Directory.CreateDirectory(made);
        WriteSecret(password, Password(data));
        await account.GiveAsync(aside, ct);
        var (exit, output) = await account.RunAsync(
            binaries.InitDb,
            [
                "-D",
                made,
                "-U",
                Superuser,
                "--auth=scram-sha-256",
                $"--pwfile={password}",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions",
            ],
            ct
        );
        if (exit != 0)
        {
            DeleteIfPossible(aside);
            throw new StartupRefusedException($"The embedded database could not be made in {data.Root}. {output}");
        }

        Directory.Move(made, data.Path("pg"));
        DeleteIfPossible(aside);
    }

    public static async Task CreateDatabaseAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var exists = new NpgsqlCommand($"SELECT 1 FROM pg_database WHERE datname = '{Database}'", connection);
        if (await exists.ExecuteScalarAsync(ct) is null)
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE {Database}", connection);
            await create.ExecuteNonQueryAsync(ct);
        }
    }

    private static void WritePassword(DataFolder data)
    {
        var path = PasswordFile(data);
        if (File.Exists(path))
        {
            return;
        }

        var keys = data.Folder("keys");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        WriteSecret(path + ".new", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
        File.Move(path + ".new", path);
    }

    private static void WriteSecret(string path, string secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(secret);
    }

    private static void DeleteIfPossible(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An initdb that outlived its killed app may still write there; the next first start tries again.
        }
    }
}
