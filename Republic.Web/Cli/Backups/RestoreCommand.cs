using Republic.Core;
using Republic.Core.Backups;
using Republic.Core.Backups.Restoring;
using Republic.Core.Data;
using Republic.Core.Times;

namespace Republic.Web.Cli.Backups;

/// <summary><c>republic restore</c>: a backup into an empty data folder and an empty database.</summary>
internal static class RestoreCommand
{
    private const string Usage = """
        republic restore FILE [--passphrase-file FILE] [--dry-run] [settings]
            restores a backup into an empty data folder and an empty database, and brings it to this version. The master key
            that the backup names must be there before, in the folder or in API_KEY_ENCRYPTION_KEY. The whole file is checked
            first. Stopped at any point, the same command goes on, and until then Republic does not start on that folder.

          --passphrase-file FILE    the one line of that file is the passphrase of the backup
          --dry-run                 checks everything, and writes nothing

        Settings are those of the server, from its environment, its appsettings.json or as --REPUBLIC_DATA=….
        Exit codes: 0 done, 1 not possible, 2 wrong command line, 130 stopped.
        """;

    public static Task<int> RunAsync(string[] args) =>
        BackupVerb.RunAsync("republic restore", Usage, "Stopped. The same command goes on safely.", args, RestoreAsync);

    private static async Task<Outcome<string>> RestoreAsync(
        BackupArguments arguments,
        string? passphrase,
        BackupDisplay display,
        CancellationToken ct
    )
    {
        // Settings as the server reads them.
        var builder = WebApplication.CreateBuilder(arguments.Settings);
        var folder = DataFolder.From(builder.Configuration, builder.Environment.ContentRootPath);
        var configured = builder.Configuration.GetConnectionString("Db");
        var order = new RestoreOrder(
            Path.GetFullPath(arguments.File),
            passphrase,
            string.IsNullOrWhiteSpace(configured) ? null : configured,
            arguments.IsDryRun
        );
        var restored = await new BackupRestorer(folder, builder.Configuration).RestoreAsync(order, display, ct);
        if (!restored.Ok)
        {
            return restored.Failure;
        }

        var manifest = restored.Value;
        var (rows, tables) = (Counted.Of(manifest.Rows, "row"), Counted.Of(manifest.Tables.Count, "table"));
        var held = $"{rows} of {tables} and {Counted.Of(manifest.Files.Count, "file")}";
        return arguments.IsDryRun
            ? $"Nothing was written. {arguments.File} is whole: {held} of {UtcText.Of(manifest.TakenAt)}. It can be restored into {folder.Root}."
            : $"Restored into {folder.Root}: {held}, as they were on {UtcText.Of(manifest.TakenAt)}. Start Republic with the same settings.";
    }
}
