using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core;
using Republic.Web.Cli.Remote;

namespace Republic.Web.Cli.Episodes;

/// <summary>Runs <c>republic episodes</c> against a running Republic, on this machine or another.</summary>
/// <param name="environment">Reads an environment variable; null where it is not set.</param>
internal sealed class EpisodesCommand(TextWriter output, TextWriter error, Func<string, string?> environment)
{
    /// <summary>The width of the terminal in characters; 0 where the output is no terminal.</summary>
    public int Width { get; init; }

    /// <summary>The interval between requests for an episode that is followed.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The standard input.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Somebody types the standard input.</summary>
    public bool IsTyped { get; init; }

    /// <summary>Runs a command in the terminal of this process, until it ends or Ctrl+C is pressed.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var command = new EpisodesCommand(Console.Out, Console.Error, Environment.GetEnvironmentVariable)
        {
            Width = Console.IsOutputRedirected ? 0 : Math.Max(Console.WindowWidth, 40),
            Input = Console.In,
            IsTyped = !Console.IsInputRedirected,
        };
        using var stop = new StopSignals();
        return await command.RunAsync(args, stop.Token);
    }

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (OptionReader.AsksForHelp(args))
        {
            await output.WriteLineAsync(EpisodesArguments.Usage);
            return ExitCode.Done;
        }

        var arguments = EpisodesArguments.Parse(args, environment(RemoteAddress.Variable));
        if (!arguments.Ok)
        {
            await error.WriteLineAsync(arguments.Failure.Message);
            return ExitCode.WrongUse;
        }

        var session = new RemoteSession(error, environment);
        return await session.RunAsync(arguments.Value.Server, republic => DoAsync(new RemoteEpisodes(republic), arguments.Value, ct), ct);
    }

    private Task<int> DoAsync(RemoteEpisodes episodes, EpisodesArguments arguments, CancellationToken ct) =>
        arguments.Verb switch
        {
            "list" => DoneAsync(ListAsync(episodes, arguments, ct)),
            "start" => DoneAsync(StartAsync(episodes, arguments, ct)),
            "follow" => new EpisodeFollow(episodes, arguments, new(output, error) { Width = Width, Every = Every }).RunAsync(ct),
            "act" => DoneAsync(ActAsync(episodes, arguments, ct)),
            "journal" => DoneAsync(JournalAsync(episodes, arguments, ct)),
            _ => ReplayAsync(episodes, arguments, ct),
        };

    private async Task<int> DoneAsync(Task<string> work)
    {
        await output.WriteLineAsync(await work);
        return ExitCode.Done;
    }

    private async Task<string> ListAsync(RemoteEpisodes episodes, EpisodesArguments arguments, CancellationToken ct)
    {
        var query =
            (arguments.Scenario is { } scenario ? $"scenario_id={await episodes.ScenarioAsync(scenario, ct)}&" : "")
            + (arguments.Status is { } status ? $"status={status}&" : "");
        var all = (await episodes.ListAsync(query, ct)).Select(json => (Json: json, Episode: episodes.Read(json)));
        var found = all.Where(one => !arguments.IsWaiting || one.Episode.WaitsForMe == true).ToList();
        return arguments.Json ? RemoteJson.Printed(new { episodes = found.Select(one => one.Json), next_cursor = (string?)null })
            : found.Count > 0 ? EpisodeTable.Of([.. found.Select(one => one.Episode)], Width)
            : query.Length > 0 || arguments.IsWaiting ? "No episode matches."
            : $"You have no episodes there. republic episodes start begins one, as does {episodes.Address}/episodes/new.";
    }

    private async Task<string> StartAsync(RemoteEpisodes episodes, EpisodesArguments arguments, CancellationToken ct)
    {
        var cast = await EpisodeCast.OfAsync(episodes, arguments.Cast, ct);
        var fields = new JsonObject { ["scenario_id"] = await episodes.ScenarioAsync(arguments.Scenario!, ct), ["cast"] = cast };
        var made = episodes.Read(await episodes.CreateAsync(fields, ct));
        JsonElement json;
        try
        {
            json = await episodes.PostAsync(made.Id!, "start", timeline: null, body: null, ct);
        }
        catch (RemoteException e) when (!e.IsTransient && e.ExitCode == ExitCode.NotPossible)
        {
            // What could not be started is not left in the list, where nobody asked for it.
            await episodes.DeleteAsync(made.Id!, ct);
            throw;
        }

        var begun = episodes.Read(json);
        return arguments.Json
            ? RemoteJson.Printed(json)
            : string.Join(
                '\n',
                new[]
                {
                    $"{begun.Name}, version {begun.Version}: {episodes.PageOf(begun)}",
                    TextOf(episodes, begun).Standing(begun),
                    $"republic episodes follow {begun.Id} prints what happens.",
                }.Where(line => line.Length > 0)
            );
    }

    private async Task<string> ActAsync(RemoteEpisodes episodes, EpisodesArguments arguments, CancellationToken ct)
    {
        var episode = episodes.Read(await episodes.GetAsync(arguments.Id, arguments.Timeline, after: null, ct));
        if (EpisodeAct.Problem(episode, arguments, TextOf(episodes, episode)) is { } problem)
        {
            throw new RemoteException(problem, ExitCode.NotPossible);
        }

        var text = arguments.Text ?? await InputAsync(ct);
        var json = await episodes.PostAsync(episode.Id!, "act", arguments.Timeline, EpisodeAct.Of(episode, arguments, text), ct);
        var now = episodes.Read(json);
        var standing = TextOf(episodes, now).Standing(now);
        return arguments.Json ? RemoteJson.Printed(json)
            : standing.Length > 0 ? standing
            : "It goes on.";
    }

    /// <summary>Everything that the standard input has, where nothing was said on the command line.</summary>
    private async Task<string> InputAsync(CancellationToken ct)
    {
        if (IsTyped)
        {
            await error.WriteLineAsync("What do you say? End it with Ctrl+D on a line of its own.");
        }

        // A terminal is read without regard to Ctrl+C: it must not keep the command from ending.
        var text = await Task.Run(() => Input.ReadToEndAsync(ct), ct).WaitAsync(ct);
        return string.IsNullOrWhiteSpace(text)
            ? throw new RemoteException("Nothing was said. Give --text, or write the text to the standard input.", ExitCode.WrongUse)
            : text.Trim();
    }

    private async Task<string> JournalAsync(RemoteEpisodes episodes, EpisodesArguments arguments, CancellationToken ct)
    {
        await SeenAsync(episodes, arguments, ct);
        var entries = await episodes.JournalAsync(arguments.Id, arguments.Timeline, ct);
        return arguments.Json ? RemoteJson.Printed(new { entries, next_cursor = (string?)null })
            : entries.Count > 0 ? JournalTable.Of(entries, Width)
            : "Nothing happened yet: it was not started.";
    }

    private async Task<int> ReplayAsync(RemoteEpisodes episodes, EpisodesArguments arguments, CancellationToken ct)
    {
        var episode = await SeenAsync(episodes, arguments, ct);
        var json = await episodes.ReplayAsync(arguments.Id, arguments.Timeline, ct);
        var replay = episodes.ReadReplay(json);
        var problems = EpisodeReplayText.Problems(replay, episode).ToList();
        await output.WriteLineAsync(
            arguments.Json ? RemoteJson.Printed(json)
            : problems.Count > 0 ? string.Join('\n', problems)
            : EpisodeReplayText.Same(replay)
        );
        return problems.Count > 0 ? ExitCode.NotPossible : ExitCode.Done;
    }

    /// <summary>An episode of which the person sees everything.</summary>
    /// <exception cref="RemoteException">They do not: somebody else began it, or they play in it.</exception>
    private static async Task<RemoteEpisode> SeenAsync(RemoteEpisodes episodes, EpisodesArguments arguments, CancellationToken ct)
    {
        var episode = episodes.Read(await episodes.GetAsync(arguments.Id, arguments.Timeline, after: null, ct));
        return episode switch
        {
            { IsOwner: false } => throw new RemoteException(
                "Somebody else began this episode, and they alone read its journal. republic episodes follow prints what you get to know.",
                ExitCode.NotPossible
            ),
            { SeesAll: false } => throw new RemoteException(
                $"You play in this episode, and its journal holds what other roles know. Look behind it first, at {episodes.PageOf(episode)}; the other players are told.",
                ExitCode.NotPossible
            ),
            _ => episode,
        };
    }

    private EpisodeText TextOf(RemoteEpisodes episodes, RemoteEpisode episode) => new(episodes.PageOf(episode), Width);
}
