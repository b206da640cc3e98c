using Microsoft.Extensions.Logging.Abstractions;
using Republic.Core;
using Republic.Core.Backups;
using Republic.Core.Data;
using Republic.Core.Security;

namespace Republic.Web.Cli.Backups;

/// <summary><c>republic backup</c>: the database and the files, as they are at one moment, in one file.</summary>
internal static class BackupCommand
{
    private const string Usage = """
        republic backup FILE [--passphrase-file FILE] [--dry-run] [settings]
            writes all there is into one file, database and files, as they are at one moment, and reads it again. Republic may
            run meanwhile. The master key is not in it, and no backup is taken without it.

          --passphrase-file FILE    encrypts the backup; the passphrase is the one line of that file
          --dry-run                 says what would be in it, and writes nothing

        Settings are those of the server, from its environment, its appsettings.json or as --ConnectionStrings:Db=….
        Exit codes: 0 done, 1 not possible, 2 wrong command line, 130 stopped.
        """;

    public static Task<int> RunAsync(string[] args) =>
        BackupVerb.RunAsync("republic backup", Usage, "Stopped. There is no backup, and nothing of it is left.", args, TakeAsync);

    private static async Task<Outcome<string>> TakeAsync(
        BackupArguments arguments,
        string? passphrase,
        BackupDisplay display,
        CancellationToken ct
    )
    {
        // Settings as the server reads them.
        var builder = WebApplication.CreateBuilder(arguments.Settings);
        var (configuration, folder) = (builder.Configuration, DataFolder.From(builder.Configuration, builder.Environment.ContentRootPath));
        var configured = configuration.GetConnectionString("Db");
        var isEmbedded = string.IsNullOrWhiteSpace(configured);
        folder.RefuseUnrestored();
        if (isEmbedded && !EmbeddedPostgres.IsIn(folder))
        {
            return Failure.Conflict($"There is no Republic in {folder.Root}. Name its data folder in REPUBLIC_DATA.");
        }

        await using var postgres = isEmbedded ? await EmbeddedPostgres.StartAsync(folder, NullLogger.Instance, ct) : null;
        var parts = new ServiceCollection();
        parts.AddSingleton<IConfiguration>(configuration).AddLogging();
        RepublicApp.AddFeatures(parts, configuration);
        parts.AddRepublicData(folder, postgres?.ConnectionString ?? configured!);
        await using var services = parts.BuildServiceProvider();
        var taker = services.GetRequiredService<BackupTaker>();
        if (arguments.IsDryRun)
        {
            var plan = await taker.PlanAsync(arguments.File, ct);
            return plan.Ok ? Said(plan.Value) : plan.Failure;
        }

        var taken = await taker.TakeAsync(arguments.File, passphrase, display, ct);
        return taken.Ok ? Said(taken.Value, MasterKeys.Sealing(configuration, folder)) : taken.Failure;
    }

    private static string Said(BackupPlan plan)
    {
        var (tables, files) = (Counted.Of(plan.Tables, "table"), Counted.Of(plan.Files, "file"));
        return $"Nothing was written. The backup would hold {tables} of about {ByteSize.Of(plan.TableBytes)} and {files} of "
            + $"{ByteSize.Of(plan.FileBytes)}, before it is compressed. Its restore would need the master key {plan.Key}."
            + LeftOut(plan.LeftOut);
    }

    private static string Said(BackupTaken taken, MasterKey? key)
    {
        var manifest = taken.Manifest;
        var (rows, tables) = (Counted.Of(manifest.Rows, "row"), Counted.Of(manifest.Tables.Count, "table"));
        return $"{taken.File}: {ByteSize.Of(taken.Bytes)}, read again and whole. It holds {rows} of {tables} and "
            + $"{Counted.Of(manifest.Files.Count, "file")}.\n"
            + $"It does not hold the master key {string.Join(" and ", manifest.Keys)}, without which it cannot be restored: "
            + $"keep {key?.Source} somewhere else too."
            + LeftOut(manifest.LeftOut);
    }

    private static string LeftOut(IReadOnlyList<string> names) => names.Count == 0 ? "" : $"\nNot in it: {string.Join("; ", names)}.";
}
