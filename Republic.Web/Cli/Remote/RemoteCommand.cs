using Republic.Core;
using Republic.Web.Cli.Remote.Verbs;

namespace Republic.Web.Cli.Remote;

/// <summary>Runs a verb of <see cref="RemoteVerbs"/> against a running Republic, on this machine or another.</summary>
/// <param name="environment">Reads an environment variable; null where it is not set.</param>
internal sealed class RemoteCommand(TextWriter output, TextWriter error, Func<string, string?> environment)
{
    /// <summary>The width of the terminal in characters; 0 where the output is no terminal.</summary>
    public int Width { get; init; }

    /// <summary>The interval between requests for the status of a model.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What a person types; null where nobody can be asked.</summary>
    public TextReader? Input { get; init; }

    /// <summary>Runs a command in the terminal of this process, until it ends or Ctrl+C is pressed.</summary>
    public static async Task<int> RunAsync(string verb, string[] args)
    {
        var command = new RemoteCommand(Console.Out, Console.Error, Environment.GetEnvironmentVariable)
        {
            Width = Console.IsOutputRedirected ? 0 : Math.Max(Console.WindowWidth, 20),
            // Questions are written to the error output, where they are seen although the output goes to a file.
            Input = Console.IsInputRedirected || Console.IsErrorRedirected ? null : Console.In,
        };
        using var stop = new StopSignals();
        return await command.RunAsync(verb, args, stop.Token);
    }

    public async Task<int> RunAsync(string verb, string[] args, CancellationToken ct)
    {
        if (OptionReader.AsksForHelp(args))
        {
            await output.WriteLineAsync(RemoteUsage.Text);
            return ExitCode.Done;
        }

        var arguments = RemoteArguments.Parse(verb, args, environment(RemoteAddress.Variable));
        if (!arguments.Ok)
        {
            await error.WriteLineAsync(arguments.Failure.Message);
            return ExitCode.WrongUse;
        }

        var terminal = new RemoteTerminal(output, error)
        {
            Width = Width,
            Every = Every,
            Input = Input,
        };
        return await new RemoteSession(error, environment).RunAsync(
            arguments.Value.Server,
            republic => RemoteVerbs.All[verb].RunAsync(new RemoteCall(new RemoteModels(republic), arguments.Value, terminal), ct),
            ct
        );
    }
}
