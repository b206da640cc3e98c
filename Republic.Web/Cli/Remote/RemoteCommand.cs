using System.Text.Encodings.Web;
using System.Text.Json;
using Republic.Core;

namespace Republic.Web.Cli.Remote;

/// <summary>Runs <c>republic pull</c>, <c>list</c> and <c>show</c> against a running Republic, on this machine or another.</summary>
/// <param name="environment">Reads an environment variable; null where it is not set.</param>
internal sealed class RemoteCommand(TextWriter output, TextWriter error, Func<string, string?> environment)
{
    private const string TokenVariable = "REPUBLIC_TOKEN";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The width of the terminal in characters; 0 where the output is no terminal.</summary>
    public int Width { get; init; }

    /// <summary>The interval between requests for the status of a download.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Runs a command in the terminal of this process, until it ends or Ctrl+C is pressed.</summary>
    public static async Task<int> RunAsync(string verb, string[] args)
    {
        var command = new RemoteCommand(Console.Out, Console.Error, Environment.GetEnvironmentVariable)
        {
            Width = Console.IsOutputRedirected ? 0 : Math.Max(Console.WindowWidth, 20),
        };
        using var stop = new StopSignals();
        return await command.RunAsync(verb, args, stop.Token);
    }

    public async Task<int> RunAsync(string verb, string[] args, CancellationToken ct)
    {
        if (OptionReader.AsksForHelp(args))
        {
            await output.WriteLineAsync(RemoteArguments.Usage);
            return ExitCode.Done;
        }

        var arguments = RemoteArguments.Parse(verb, args, environment(RemoteArguments.AddressVariable));
        if (!arguments.Ok)
        {
            await error.WriteLineAsync(arguments.Failure.Message);
            return ExitCode.WrongUse;
        }

        var server = arguments.Value.Server;
        if (server is { Scheme: "http", IsLoopback: false } && !server.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            await error.WriteLineAsync(
                $"{server} is not encrypted: anyone on the network path can read and use the token. Use https where possible."
            );
        }

        try
        {
            using var republic = new RemoteRepublic(server, Token(server));
            return await DoAsync(republic, arguments.Value, ct);
        }
        catch (RemoteException refused)
        {
            await error.WriteLineAsync(refused.Message);
            return refused.ExitCode;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return ExitCode.Stopped;
        }
    }

    private async Task<int> DoAsync(RemoteRepublic republic, RemoteArguments arguments, CancellationToken ct)
    {
        switch (arguments.Verb)
        {
            case "pull":
                return await new ModelPull(republic, new PullDisplay(output, Width), error, Every).RunAsync(arguments, ct);
            case "show":
                await ShowAsync(republic, arguments, ct);
                return ExitCode.Done;
            default:
                await ListAsync(republic, arguments, ct);
                return ExitCode.Done;
        }
    }

    private async Task ListAsync(RemoteRepublic republic, RemoteArguments arguments, CancellationToken ct)
    {
        var all = await republic.ListAsync(ct);
        await output.WriteLineAsync(
            arguments.Json ? JsonSerializer.Serialize(new { personal_models = all, next_cursor = (string?)null }, Readable)
            : all.Count == 0 ? $"You have no personal models there. {republic.Address}/personal-models shows what republic pull can get."
            : ModelTable.Of([.. all.Select(republic.Read)])
        );
    }

    private async Task ShowAsync(RemoteRepublic republic, RemoteArguments arguments, CancellationToken ct)
    {
        var all = (await republic.ListAsync(ct)).Select(json => (Json: json, Model: republic.Read(json))).ToList();
        var meant = Meant([.. all.Select(one => one.Model)], arguments.Model);
        if (arguments.Json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(all.Single(one => one.Model == meant).Json, Readable));
            return;
        }

        var now = await republic.StatusAsync(meant.Id!, ct);
        // The verdict and its estimate are in the status alone.
        var known = meant with
        {
            Waiting = now.Waiting,
            Verdict = now.Verdict ?? meant.Verdict,
            Reason = now.Reason ?? meant.Reason,
            Estimate = now.Estimate ?? meant.Estimate,
        };
        await output.WriteLineAsync(ModelDetails.Of(known, republic.Address));
    }

    private static RemoteModel Meant(IReadOnlyList<RemoteModel> all, string word)
    {
        Func<RemoteModel, string?>[] namings =
        [
            model => model.Id,
            model => model.CustomName,
            model => model.Source,
            model => model.ModelId,
        ];
        var found =
            namings
                .Select(naming => all.Where(model => string.Equals(naming(model), word, StringComparison.OrdinalIgnoreCase)).ToList())
                .FirstOrDefault(some => some.Count > 0)
            ?? [];
        return found switch
        {
            [var one] => one,
            [] => throw new RemoteException(
                $"None of your personal models is called {word}. republic list shows them.",
                ExitCode.NotPossible
            ),
            _ => throw new RemoteException(
                $"{word} is the name of {found.Count} models. Give an id: {string.Join(", ", found.Select(one => $"{one.Id} ({one.Name}, {one.State})"))}.",
                ExitCode.NotPossible
            ),
        };
    }

    private string Token(Uri server)
    {
        var token = environment(TokenVariable)?.Trim();
        return string.IsNullOrEmpty(token)
                ? throw new RemoteException(
                    $"{TokenVariable} is not set. Make an access token at {server}account/tokens and put it there.",
                    ExitCode.WrongUse
                )
            : token.All(letter => char.IsAscii(letter) && !char.IsControl(letter) && letter != ' ') ? token
            : throw new RemoteException(
                $"{TokenVariable} holds what no token has: a space, or signs beyond ASCII. Copy the token anew.",
                ExitCode.WrongUse
            );
    }
}
