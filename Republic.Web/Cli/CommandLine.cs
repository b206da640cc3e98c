using Republic.Core.Host;
using Republic.Web.Cli.Backups;
using Republic.Web.Cli.Doctor;
using Republic.Web.Cli.Episodes;
using Republic.Web.Cli.Remote;
using Republic.Web.Cli.Remote.Verbs;
using Republic.Web.Cli.Tasks;

namespace Republic.Web.Cli;

/// <summary>Finds the command that is meant. What names none, and sets nothing, must not start a server.</summary>
internal static class CommandLine
{
    private const string Overview = """
        republic [serve] [settings]            the web app, at http://localhost:5080; --urls http://localhost:5081 elsewhere
        republic --demo                        the main job without a browser, then the end
        republic chat                          talk to a local model in the terminal
        republic train                         train a LoRA adapter
        republic model merge                   write an adapter's change into a model
        republic model quantize                copy a model with fewer bits a weight
        republic list | show NAME              your personal models in a Republic that runs
        republic pull MODEL                    has it download, check and test one
        republic pause | resume | test MODEL   its download, and its test once more
        republic mv MODEL NAME | rm MODEL      renames, deletes
        republic quantize MODEL TYPE           makes a smaller copy of one
        republic versions | rollback MODEL     what minions were trained to on it, and back to an earlier version
        republic ps                            the models in memory there
        republic stop | pin | unpin MODEL      unloads one, or keeps it in memory; set MODEL says for how long
        republic tasks                         your tasks in a Republic that runs; adds, moves, assigns and starts them
        republic episodes                      your episodes there; starts, follows and replays them, and acts in them
        republic keys status | rotate          which master key seals, and sealing everything under a new one
        republic people list | invite          who has an account; links for new ones and new passwords; roles
        republic audit check                   whether the audit log is as it was written
        republic doctor [--json]               examines the installation, and says what to do about each trouble
        republic backup FILE                   writes everything but the master key into one file, while Republic runs
        republic restore FILE                  a backup into an empty folder
        republic --version

        Settings are written as --Section:Key=value, such as --ModelHost:Threads=2, and --urls and --AllowedHosts without a
        section; docs/self-hosting.md has them. republic <command> --help lists what a command takes. Models and adapters are found by their names in the folders
        models and adapters of .republic in the current folder, or of the folder that REPUBLIC_DATA names.
        (republic model-host is started by the web app itself.)
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["--help" or "-h" or "-?" or "/?" or "help", ..]:
                Console.WriteLine(Overview);
                return ExitCode.Done;
            case ["--version"]:
                Console.WriteLine($"republic {AppVersion.Current}");
                return ExitCode.Done;
            case ["model-host", .. var rest]:
                return await ModelHostCommand.RunAsync(rest);
            case ["chat", .. var rest]:
                return await InTerminalAsync(() => ChatCommand.RunAsync(rest));
            case ["model", .. var rest]:
                return await InTerminalAsync(() => Task.FromResult(ModelCommand.Run(rest)));
            case ["keys", .. var rest]:
                return await InTerminalAsync(() => KeysCommand.RunAsync(rest));
            case ["audit", .. var rest]:
                return await InTerminalAsync(() => AuditCommand.RunAsync(rest));
            case ["doctor", .. var rest]:
                return await InTerminalAsync(() => DoctorCommand.RunAsync(rest));
            case ["backup", .. var rest]:
                return await InTerminalAsync(() => BackupCommand.RunAsync(rest));
            case ["restore", .. var rest]:
                return await InTerminalAsync(() => RestoreCommand.RunAsync(rest));
            case ["people", .. var rest]:
                return await InTerminalAsync(() => PeopleCommand.RunAsync(rest));
            case ["train", .. var rest]:
                return await InTerminalAsync(() => TrainCommand.RunAsync(rest));
            case [var verb, .. var rest] when RemoteVerbs.All.ContainsKey(verb):
                return await InTerminalAsync(() => RemoteCommand.RunAsync(verb, rest));
            case ["tasks", .. var rest]:
                return await InTerminalAsync(() => TasksCommand.RunAsync(rest));
            case ["episodes", .. var rest]:
                return await InTerminalAsync(() => EpisodesCommand.RunAsync(rest));
            case ["--demo", .. var rest]:
                return await ServeAsync(rest, () => DemoCommand.RunAsync(rest));
            case ["serve", .. var rest]:
                return await ServeAsync(rest, () => RunAppAsync(rest));
            default:
                return await ServeAsync(args, () => RunAppAsync(args));
        }
    }

    private static async Task<int> RunAppAsync(string[] args)
    {
        await using var app = await RepublicApp.BuildAsync(args);
        await app.RunAsync();
        return ExitCode.Done;
    }

    private static async Task<int> ServeAsync(string[] settings, Func<Task<int>> run)
    {
        if (ServerSettings.Problem(settings) is { } problem)
        {
            await Console.Error.WriteLineAsync($"{PlainWriter.Plain(problem)}\n\n{Overview}");
            return ExitCode.WrongUse;
        }

        try
        {
            return await run();
        }
        catch (Exception error) when (StartFailure.Explain(error) is { } words)
        {
            await Console.Error.WriteLineAsync($"Republic does not start. {words}");
            return ExitCode.BadSettings;
        }
    }

    private static async Task<int> InTerminalAsync(Func<Task<int>> run)
    {
        Console.SetOut(new PlainWriter(Console.Out));
        Console.SetError(new PlainWriter(Console.Error));
        try
        {
            return await run();
        }
        catch (IOException error)
        {
            // Standard output itself may be what cannot be written to: a full disk behind it, or nobody who reads.
            await Console.Error.WriteLineAsync($"It cannot go on: {error.Message}");
            return ExitCode.NotPossible;
        }
    }
}
