using Republic.Core;

namespace Republic.Web.Cli.Remote;

/// <summary>Runs <c>republic pull</c>, <c>list</c> and <c>show</c> against a running Republic, on this machine or another.</summary>
/// <param name="environment">Reads an environment variable; null where it is not set.</param>
internal sealed class RemoteCommand(TextWriter output, TextWriter error, Func<string, string?> environment)
{
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

        var arguments = RemoteArguments.Parse(verb, args, environment(RemoteAddress.Variable));
        if (!arguments.Ok)
        {
            await error.WriteLineAsync(arguments.Failure.Message);
            return ExitCode.WrongUse;
        }

        var session = new RemoteSession(error, environment);
        return await session.RunAsync(arguments.Value.Server, republic => DoAsync(new RemoteModels(republic), arguments.Value, ct), ct);
    }

    private async Task<int> DoAsync(RemoteModels models, RemoteArguments arguments, CancellationToken ct)
    {
        switch (arguments.Verb)
        {
            case "pull":
                return await new ModelPull(models, new PullDisplay(output, Width), error, Every).RunAsync(arguments, ct);
            case "show":
                await ShowAsync(models, arguments, ct);
                return ExitCode.Done;
            default:
                await ListAsync(models, arguments, ct);
                return ExitCode.Done;
        }
    }

    private async Task ListAsync(RemoteModels models, RemoteArguments arguments, CancellationToken ct)
    {
        var all = await models.ListAsync(ct);
        await output.WriteLineAsync(
            arguments.Json ? RemoteJson.Printed(new { personal_models = all, next_cursor = (string?)null })
            : all.Count == 0 ? $"You have no personal models there. {models.Address}/personal-models shows what republic pull can get."
            : ModelTable.Of([.. all.Select(models.Read)])
        );
    }

    private async Task ShowAsync(RemoteModels models, RemoteArguments arguments, CancellationToken ct)
    {
        var all = (await models.ListAsync(ct)).Select(json => (Json: json, Model: models.Read(json))).ToList();
        var meant = Meant([.. all.Select(one => one.Model)], arguments.Model);
        if (arguments.Json)
        {
            await output.WriteLineAsync(RemoteJson.Printed(all.Single(one => one.Model == meant).Json));
            return;
        }

        var now = await models.StatusAsync(meant.Id!, ct);
        // The verdict and its estimate are in the status alone.
        var known = meant with
        {
            Waiting = now.Waiting,
            Verdict = now.Verdict ?? meant.Verdict,
            Reason = now.Reason ?? meant.Reason,
            Estimate = now.Estimate ?? meant.Estimate,
        };
        await output.WriteLineAsync(ModelDetails.Of(known, models.Address));
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
}
