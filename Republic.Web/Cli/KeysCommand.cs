using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Security;
using Republic.Core.Security.Rotation;

namespace Republic.Web.Cli;

/// <summary><c>republic keys</c>: shows what is sealed under which master key, and seals everything anew under a new one.</summary>
internal static class KeysCommand
{
    private const string Usage = """
        republic keys status [settings]
            shows which master key seals, how many stored secrets need which key, and whether an old one can go
        republic keys rotate [settings]
            seals every stored secret under a new master key. Where the key lies in the data folder a new one is made; where it
            is set in API_KEY_ENCRYPTION_KEY, put the new key there and the old one in API_KEY_ENCRYPTION_KEY_PREVIOUS first.
            Republic may run meanwhile. Stopped at any moment, nothing is lost, and the same command goes on.
        republic keys rotate --finish [settings]
            removes old key files that no secret needs any more

        Settings are those of the server, from its environment, its appsettings.json or as --ConnectionStrings:Db=….
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (OptionReader.AsksForHelp(args) || args is [_, "--help" or "-h", ..])
        {
            Console.WriteLine(Usage);
            return ExitCode.Done;
        }

        var finish = args.Contains("--finish");
        string[] settings = [.. args.Skip(1).Where(arg => arg != "--finish")];
        var verb = args.FirstOrDefault();
        var wrong =
            verb is not ("status" or "rotate") ? $"There is no command \"keys {verb}\"."
            : finish && verb == "status" ? "republic keys status has no option --finish."
            : ServerSettings.Problem(settings);
        if (wrong is not null)
        {
            Console.Error.WriteLine($"{wrong} See republic keys --help.");
            return ExitCode.WrongUse;
        }

        using var stop = new StopSignals();
        try
        {
            return await WithKeysAsync(settings, keys => keys.DoAsync(verb == "rotate", finish, stop.Token), stop.Token);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Stopped. Every secret opens as before; the same command goes on.");
            return ExitCode.Stopped;
        }
        catch (Exception error) when (Explain(error) is { } words)
        {
            Console.Error.WriteLine(words);
            return error is StartupRefusedException ? ExitCode.BadSettings : ExitCode.NotPossible;
        }
    }

    private static async Task<int> WithKeysAsync(string[] settings, Func<KeysReport, Task<int>> work, CancellationToken ct)
    {
        // Settings as the server reads them.
        var builder = WebApplication.CreateBuilder(settings);
        var (configuration, folder) = (builder.Configuration, DataFolder.From(builder.Configuration, builder.Environment.ContentRootPath));
        var features = new ServiceCollection();
        RepublicApp.AddFeatures(features, configuration);
        await using var services = features.BuildServiceProvider();
        // The key is looked at first: a database of our own is not worth starting where it is wrong.
        var keys = MasterKeys.Load(configuration, folder);
        var configured = configuration.GetConnectionString("Db");
        await using var postgres = string.IsNullOrWhiteSpace(configured)
            ? await EmbeddedPostgres.StartAsync(folder, NullLogger.Instance, ct)
            : null;
        await using var database = NpgsqlDataSource.Create(configured is { Length: > 0 } ? configured : postgres!.ConnectionString);
        return await work(new KeysReport(keys, new KeyRotation(database, keys, services.GetServices<SealedColumn>(), folder)));
    }

    private static string? Explain(Exception error) =>
        error switch
        {
            StartupRefusedException => error.Message,
            PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn } =>
                "The database has not been brought to this version yet. Start Republic once, then try again.",
            NpgsqlException or IOException => $"The database does not answer: {error.Message}",
            _ => null,
        };
}
