using System.Text.Json;
using Republic.Web.Cli.Remote;

namespace Republic.Web.Cli.Episodes;

/// <summary>Prints the steps of an episode as they come, and whose turn it is, until it ends.</summary>
internal sealed class EpisodeFollow(RemoteEpisodes episodes, EpisodesArguments arguments, RemoteTerminal terminal)
{
    /// <summary>A restarted server goes on with the episode, so the command asks again for about a minute.</summary>
    private const int MostTries = 60;

    private readonly HashSet<string> printed = new(StringComparer.Ordinal);
    private string standing = "";

    public async Task<int> RunAsync(CancellationToken ct)
    {
        try
        {
            var first = await episodes.GetAsync(arguments.Id, arguments.Timeline, after: null, ct);
            return await FollowAsync(first, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await terminal.Error.WriteLineAsync(
                $"Stopped following. The episode goes on; republic episodes follow {arguments.Id} shows it."
            );
            return ExitCode.Stopped;
        }
    }

    private async Task<int> FollowAsync(JsonElement json, CancellationToken ct)
    {
        var episode = episodes.Read(json);
        var text = new EpisodeText(episodes.PageOf(episode), terminal.Width);
        if (!arguments.Json)
        {
            await terminal.Output.WriteLineAsync($"{episode.Name}, version {episode.Version}: {episodes.PageOf(episode)}");
        }

        for (; ; json = await NowAsync(episode, ct), episode = episodes.Read(json))
        {
            await (arguments.Json ? PrintAsync(json) : PrintAsync(episode, text));
            if (episode.IsOver)
            {
                return episode.Status == "COMPLETED" ? ExitCode.Done : ExitCode.NotPossible;
            }

            await Task.Delay(terminal.Every, ct);
        }
    }

    /// <summary>What followed, or all of it where another timeline is shown than before, or more of it may be read.</summary>
    private async Task<JsonElement> NowAsync(RemoteEpisode before, CancellationToken ct)
    {
        var json = await NowAsync(before.Seq, ct);
        var now = episodes.Read(json);
        var isSame = now.TimelineId == before.TimelineId && now.SeesAll == before.SeesAll;
        return isSame && (now.MyRoles ?? []).SequenceEqual(before.MyRoles ?? [], StringComparer.Ordinal)
            ? json
            : await NowAsync(after: null, ct);
    }

    private async Task<JsonElement> NowAsync(long? after, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await episodes.GetAsync(arguments.Id, arguments.Timeline, after, ct);
            }
            catch (RemoteException e) when (e.IsTransient && tries < MostTries)
            {
                await Task.Delay(terminal.Every, ct);
            }
        }
    }

    /// <summary>A line for each step that has ended, as the server sent it.</summary>
    private async Task PrintAsync(JsonElement json)
    {
        var steps = json.Member("steps", JsonValueKind.Array) ?? throw episodes.UnexpectedAnswer;
        foreach (var step in steps.EnumerateArray())
        {
            var isEnded = step.Member("status", JsonValueKind.String)?.Text() is "COMPLETED" or "FAILED";
            if (isEnded && printed.Add(step.Member("id", JsonValueKind.String)?.Text() ?? ""))
            {
                await terminal.Output.WriteLineAsync(RemoteJson.Printed(step));
            }
        }
    }

    private async Task PrintAsync(RemoteEpisode episode, EpisodeText text)
    {
        var happened = (episode.Steps ?? [])
            .Where(step => step.IsEnded)
            .Select(step => (step.Seq, Key: step.Id ?? "", Text: text.Of(step)))
            // Messages have no id of their own: in another timeline one of the same number may say something else.
            .Concat((episode.Messages ?? []).Select(one => (one.Seq, Key: $"{one.Seq} {one.Text} {one.Fact}", Text: text.Of(one))));
        var isNew = false;
        foreach (var one in happened.OrderBy(one => one.Seq).Where(one => printed.Add(one.Key)))
        {
            await WriteAsync(one.Text);
            isNew = true;
        }

        var now = text.Standing(episode);
        if (now.Length > 0 && (isNew || now != standing))
        {
            await WriteAsync(now);
        }

        standing = now;
    }

    private Task WriteAsync(string block) => terminal.Output.WriteLineAsync($"\n{block}");
}
