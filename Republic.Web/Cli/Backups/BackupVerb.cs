using Npgsql;
using Republic.Core;

namespace Republic.Web.Cli.Backups;

/// <summary>What taking a backup and restoring one have in common at the command line.</summary>
internal static class BackupVerb
{
    /// <param name="command">As it is called, such as <c>republic backup</c>.</param>
    /// <param name="stopped">What is said after Ctrl+C.</param>
    /// <param name="work">Gives what is said at the end.</param>
    public static async Task<int> RunAsync(
        string command,
        string usage,
        string stopped,
        string[] args,
        Func<BackupArguments, string?, BackupDisplay, CancellationToken, Task<Outcome<string>>> work
    )
    {
        if (args is [] || OptionReader.AsksForHelp(args))
        {
            Console.WriteLine(usage);
            return args is [] ? ExitCode.WrongUse : ExitCode.Done;
        }

        var arguments = BackupArguments.Parse(command, args);
        if (!arguments.Ok)
        {
            await Console.Error.WriteLineAsync(arguments.Failure.Message);
            return ExitCode.WrongUse;
        }

        using var stop = new StopSignals();
        var display = new BackupDisplay(Console.Error, Console.IsErrorRedirected ? 0 : Math.Max(Console.WindowWidth, 20));
        try
        {
            var done = arguments.Value.ReadPassphrase(out var passphrase) is { } unread
                ? unread
                : await work(arguments.Value, passphrase, display, stop.Token);
            display.Clear();
            await (done.Ok ? Console.Out : Console.Error).WriteLineAsync(done.Ok ? done.Value : done.Failure.Message);
            return done.Ok ? ExitCode.Done : ExitCode.NotPossible;
        }
        catch (Exception) when (stop.Token.IsCancellationRequested)
        {
            display.Clear();
            await Console.Out.WriteLineAsync(stopped);
            return ExitCode.Stopped;
        }
        catch (Exception error) when (Explain(error) is { } words)
        {
            display.Clear();
            await Console.Error.WriteLineAsync(words);
            return ExitCode.NotPossible;
        }
    }

    private static string? Explain(Exception error) =>
        error switch
        {
            StartupRefusedException or IOException or UnauthorizedAccessException => error.Message,
            PostgresException refused => $"The database refused it: {refused.MessageText}.",
            NpgsqlException or TimeoutException => $"The database does not answer: {error.Message}",
            InvalidOperationException { InnerException: NpgsqlException inner } => Explain(inner),
            _ => null,
        };
}
