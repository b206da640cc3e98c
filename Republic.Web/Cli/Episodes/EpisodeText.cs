using Republic.Web.Cli.Remote;

namespace Republic.Web.Cli.Episodes;

/// <summary>What happens in an episode as text for a terminal: steps, messages, and whose turn it is.</summary>
/// <param name="page">The address of the episode's page.</param>
/// <param name="width">The width of the terminal in characters; 0 breaks no line.</param>
internal sealed class EpisodeText(string page, int width)
{
    private const string Indent = "  ";
    private const int WidestText = 100;

    /// <summary>A step that is done or failed: who acted in which state, and what was said.</summary>
    public string Of(RemoteStep step)
    {
        var role = RemoteText.OneLine(step.Role);
        var name = RemoteText.OneLine(step.Name);
        var heading = $"{RemoteText.OneLine(step.State)}, {role}{(name.Length > 0 ? $" ({name})" : "")}";
        var decided = string.Join(
            ", ",
            new[] { RemoteText.OneLine(step.Outcome), step.Score is { } score ? FormattableString.Invariant($"{score:0.##}") : "" }.Where(
                word => word.Length > 0
            )
        );
        return step switch
        {
            { Status: "FAILED" } => Block($"{heading}: failed", step.Error),
            { Hidden: true } => $"{heading}: what was said is not for you.",
            _ => Block(decided.Length > 0 ? $"{heading}: {decided}" : heading, step.GeneratedText),
        };
    }

    /// <summary>A message or a fact from outside.</summary>
    public string Of(RemoteMessage message)
    {
        var isFact = message.Fact is { Length: > 0 };
        return message.Hidden == true ? "A message from outside: it is not for you."
            : isFact ? Block($"A fact from outside: {RemoteText.OneLine($"{message.Fact} is {message.Value?.Plain()}")}", message.Text)
            : Block("A message from outside", message.Text);
    }

    /// <summary>Whose turn it is, why it waits, or how it ended; empty where nothing is known to be under way.</summary>
    public string Standing(RemoteEpisode episode) =>
        episode.IsOver ? Ended(episode)
        : episode.Awaited is { } role ? Waits(episode, role)
        : episode.Wait switch
        {
            null => Acts(episode),
            "paused" => episode.StartedAt is null ? $"It was not started. {page} starts it." : $"It is paused. {page} resumes it.",
            "choice" => $"It waits for somebody to choose what happens next, at {page}",
            "limit" => Because(episode, "A limit is reached."),
            "stuck" => Because(episode, "It cannot go on by itself."),
            var other => $"It waits: {RemoteText.OneLine(other)}.",
        };

    private static string Ended(RemoteEpisode episode) =>
        episode.EndedBy switch
        {
            "person" => "It was stopped.",
            "failures" => $"It was stopped: a step failed three times. {RemoteText.OneLine(episode.Why)}".TrimEnd(),
            _ => RemoteText.OneLine($"It ended in {episode.CurrentState}: {episode.Result}."),
        };

    private static string Acts(RemoteEpisode episode) =>
        episode.Steps?.LastOrDefault(step => !step.IsEnded) is { } step
            ? RemoteText.OneLine(
                $"{(step.Name is { Length: > 0 } name ? $"{name} acts as {step.Role}" : $"{step.Role} acts")}, in {step.State}."
            )
            : "";

    private string Waits(RemoteEpisode episode, string role)
    {
        var said = RemoteText.OneLine(role);
        if (!episode.IsMine(role))
        {
            return episode.PlayerOf(role) is { Length: > 0 } name ? $"It waits for {name}, who plays {said}." : $"It waits for {said}.";
        }

        List<string> lines = [$"It is your turn as {said}, in {RemoteText.OneLine(episode.CurrentState)}."];
        lines.AddRange((episode.Prompts ?? []).SelectMany(Indented));
        if (episode.Outcomes is { Count: > 0 } outcomes)
        {
            lines.Add($"{Indent}Outcomes: {string.Join(", ", outcomes.Select(RemoteText.OneLine))}");
        }

        lines.Add($"{Indent}republic episodes act {episode.Id} {said} --text \"…\"{Options(episode)}");
        return string.Join('\n', lines);
    }

    private static string Options(RemoteEpisode episode) =>
        (episode.Outcomes is { Count: > 0 } ? " --outcome …" : "") + (episode.WantsScore == true ? " --score …" : "");

    private string Because(RemoteEpisode episode, string otherwise) =>
        $"{(RemoteText.OneLine(episode.Why) is { Length: > 0 } why ? why : otherwise)} Go on at {page}";

    private string Block(string heading, string? text) =>
        string.IsNullOrWhiteSpace(text) ? heading : string.Join('\n', Indented(text).Prepend(heading));

    private IEnumerable<string> Indented(string? text)
    {
        var most = Math.Min(width, WidestText);
        return RemoteText.Lines(text, most > Indent.Length ? most - Indent.Length : most).Select(line => (Indent + line).TrimEnd());
    }
}
