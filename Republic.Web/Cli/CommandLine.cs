using System.Reflection;
using Republic.Core.ModelHost;

namespace Republic.Web.Cli;

/// <summary>Finds the command that is meant. What names none, and sets nothing, must not start a server.</summary>
internal static class CommandLine
{
    private const int Done = 0;
    private const int NotPossible = 1;
    private const int WrongUse = 2;
    private const int BadSettings = 78;

    private const string Overview = """
        republic [serve] [--Setting=value …]   the web app, at http://localhost:5080; --urls http://localhost:5081 elsewhere
        republic --demo                        the main job without a browser, then the end
        republic chat                          talk to a local model in the terminal
        republic train                         train a LoRA adapter
        republic model merge                   write an adapter's change into a model
        republic model make-sprout             make the built-in model anew
        republic model exam                    measure a model
        republic --version

        republic <command> --help lists what a command takes. Models and adapters are found by their names in the folders
        models and adapters of .republic in the current folder, or of the folder that REPUBLIC_DATA names.
        (republic model-host is started by the web app itself.)
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["--help" or "-h" or "-?" or "/?" or "help", ..]:
                Console.WriteLine(Overview);
                return Done;
            case ["--version"]:
                var version = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
                Console.WriteLine($"republic {version?.InformationalVersion}");
                return Done;
            case ["model-host", .. var rest]:
                return await ModelHostCommand.RunAsync(rest);
            case ["chat", .. var rest]:
                return await InTerminalAsync(() => ChatCommand.RunAsync(rest));
            case ["model", .. var rest]:
                return await InTerminalAsync(() => Task.FromResult(ModelCommand.Run(rest)));
            case ["train", .. var rest]:
                return await InTerminalAsync(() => TrainCommand.RunAsync(rest));
            case ["--demo", .. var rest] when NoSetting(rest) is null:
                return await ServeAsync(() => DemoCommand.RunAsync(rest));
            case ["serve", .. var rest] when NoSetting(rest) is null:
                return await ServeAsync(() => RunAppAsync(rest));
            default:
                if (NoSetting(args is ["--demo" or "serve", ..] ? args[1..] : args) is { } odd)
                {
                    await Console.Error.WriteLineAsync($"republic has no command or option {PlainWriter.Plain(odd)}.\n\n{Overview}");
                    return WrongUse;
                }

                return await ServeAsync(() => RunAppAsync(args));
        }
    }

    /// <summary>The first word that is neither a setting nor its value; settings are read as .NET's configuration reads them.</summary>
    internal static string? NoSetting(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var isLong = args[i].Length > 2 && args[i].StartsWith("--", StringComparison.Ordinal);
            if (args[i].IndexOf('=') > 0 && (isLong || args[i][0] != '-'))
            {
                continue;
            }

            if (!isLong || args[i] is "--help" || i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                return args[i];
            }

            i++;
        }

        return null;
    }

    private static async Task<int> RunAppAsync(string[] args)
    {
        await using var app = await RepublicApp.BuildAsync(args);
        await app.RunAsync();
        return Done;
    }

    private static async Task<int> ServeAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception error) when (StartFailure.Explain(error) is { } words)
        {
            await Console.Error.WriteLineAsync($"Republic does not start. {words}");
            return BadSettings;
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
            return NotPossible;
        }
    }
}
