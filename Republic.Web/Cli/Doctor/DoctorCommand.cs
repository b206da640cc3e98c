using Microsoft.Extensions.Options;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Doctor;
using Republic.Core.Jobs;
using Republic.Core.Security;
using Republic.Web.Http.Security;

namespace Republic.Web.Cli.Doctor;

/// <summary><c>republic doctor</c>: examines the installation, whether or not it runs, and says what to do about what it finds.</summary>
internal static class DoctorCommand
{
    private const string Json = "--json";
    private const string Usage = """
        republic doctor [--json] [settings]
            examines database, disk, key, models, clocks, proxy, ports, versions and backups, and says for each trouble what to do.
            It changes nothing and asks nobody outside. Republic may run meanwhile; its own database is started where it stands still.
            Exits with 1 where there is trouble, with 0 where there are warnings at most.

        --json    one object on standard output: {checked_at, version, findings: [{check, level, summary, advice}]}

        Settings are those of the server, from its environment, its appsettings.json or as --ConnectionStrings:Db=….
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (OptionReader.AsksForHelp(args))
        {
            Console.WriteLine(Usage);
            return ExitCode.Done;
        }

        string[] settings = [.. args.Where(arg => arg != Json)];
        if (ServerSettings.Problem(settings) is { } wrong)
        {
            Console.Error.WriteLine($"{wrong} See republic doctor --help.");
            return ExitCode.WrongUse;
        }

        using var stop = new StopSignals();
        try
        {
            var report = await ReportAsync(settings, stop.Token);
            Console.Write(args.Contains(Json) ? DoctorText.Json(report) : DoctorText.Lines(report, DoctorText.CanShowMarks));
            return report.Findings.Any(finding => finding.Level == FindingLevel.Trouble) ? ExitCode.NotPossible : ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped. Nothing was changed.");
            return ExitCode.Stopped;
        }
    }

    private static async Task<DoctorReport> ReportAsync(string[] settings, CancellationToken ct)
    {
        try
        {
            return await ExamineAsync(settings, ct);
        }
        catch (Exception error)
            when (error
                    is StartupRefusedException
                        or InvalidDataException
                        or InvalidOperationException
                        or OptionsValidationException
                        or FormatException
            )
        {
            var finding = new Finding(
                "settings",
                FindingLevel.Trouble,
                $"The settings cannot be used: {error.Message.Split('\n')[0]}",
                "Correct them, and try again; nothing else was examined."
            );
            return DoctorReport.Of(TimeProvider.System.GetUtcNow(), [finding]);
        }
    }

    private static async Task<DoctorReport> ExamineAsync(string[] settings, CancellationToken ct)
    {
        // Settings as the server reads them.
        var builder = WebApplication.CreateBuilder(settings);
        builder.AddHostDefaults();
        var (configuration, folder) = (builder.Configuration, DataFolder.From(builder.Configuration, builder.Environment.ContentRootPath));
        await using var open = await OpenInstallation.OpenAsync(configuration.GetConnectionString("Db"), folder, ct);
        var parts = new ServiceCollection();
        parts.AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton(open.Installation);
        RepublicApp.AddFeatures(parts, WithoutKeys(configuration));
        // Of the jobs nothing but their settings: nobody works on them here.
        parts.Configure<JobOptions>(configuration.GetSection("Jobs"));
        parts.AddRepublicData(folder, open.Installation.ConnectionString ?? "Host=none");
        await using var services = parts.BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Examiner>().ExamineAsync(ct);
    }

    /// <summary>A key that cannot be used is for the examination to find, and must not end the command.</summary>
    private static IConfigurationRoot WithoutKeys(ConfigurationManager configuration) =>
        new ConfigurationBuilder()
            .AddConfiguration(configuration)
            .AddInMemoryCollection(new Dictionary<string, string?> { [MasterKey.Setting] = null, [MasterKey.PreviousSetting] = null })
            .Build();
}
