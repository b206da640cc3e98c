using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Republic.Core;
using Republic.Core.Audit;
using Republic.Core.Data;

namespace Republic.Web.Cli;

/// <summary><c>republic audit check</c>: computes every hash of the audit log anew.</summary>
internal static class AuditCommand
{
    private const string Usage = """
        republic audit check [settings]
            computes the hash of every entry of the audit log anew, and names the first that is not what was written or that
            follows one that is missing. Republic may run meanwhile.

        Settings are those of the server, from its environment, its appsettings.json or as --ConnectionStrings:Db=….
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (OptionReader.AsksForHelp(args) || args is [_, "--help" or "-h", ..])
        {
            Console.WriteLine(Usage);
            return ExitCode.Done;
        }

        string[] settings = [.. args.Skip(1)];
        var wrong = args is ["check", ..] ? ServerSettings.Problem(settings) : $"There is no command \"audit {args.FirstOrDefault()}\".";
        if (wrong is not null)
        {
            Console.Error.WriteLine($"{wrong} See republic audit --help.");
            return ExitCode.WrongUse;
        }

        using var stop = new StopSignals();
        try
        {
            return await CheckAsync(settings, stop.Token);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Stopped. Nothing was changed.");
            return ExitCode.Stopped;
        }
        catch (Exception error) when (Explain(error) is { } words)
        {
            Console.Error.WriteLine(words);
            return error is StartupRefusedException ? ExitCode.BadSettings : ExitCode.NotPossible;
        }
    }

    private static async Task<int> CheckAsync(string[] settings, CancellationToken ct)
    {
        // Settings as the server reads them.
        var builder = WebApplication.CreateBuilder(settings);
        var (configuration, folder) = (builder.Configuration, DataFolder.From(builder.Configuration, builder.Environment.ContentRootPath));
        var configured = configuration.GetConnectionString("Db");
        await using var postgres = string.IsNullOrWhiteSpace(configured)
            ? await EmbeddedPostgres.StartAsync(folder, NullLogger.Instance, ct)
            : null;
        var parts = new ServiceCollection();
        parts.AddSingleton(TimeProvider.System).AddAudit();
        parts.AddRepublicData(folder, postgres?.ConnectionString ?? configured!);
        await using var services = parts.BuildServiceProvider();
        var (count, broken) = await services.GetRequiredService<AuditLog>().VerifyAsync(ct);
        if (broken is { } number)
        {
            Console.Error.WriteLine($"Entry {Spoken(number)} is not what was written, or one before it is missing.");
            return ExitCode.NotPossible;
        }

        Console.WriteLine($"All {Spoken(count)} entries of the audit log are as they were written.");
        return ExitCode.Done;
    }

    private static string Spoken(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string? Explain(Exception error) =>
        error switch
        {
            StartupRefusedException => error.Message,
            PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn } =>
                "The database has not been brought to this version yet. Start Republic once, then try again.",
            NpgsqlException or IOException => $"The database does not answer: {error.Message}",
            InvalidOperationException { InnerException: NpgsqlException inner } => Explain(inner),
            _ => null,
        };
}
