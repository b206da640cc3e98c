using System.Text.Json.Nodes;

namespace Republic.Web.Cli.Episodes;

/// <summary>An act of the person in the role that they play.</summary>
internal static class EpisodeAct
{
    /// <summary>Why they cannot act so now; null where they can. It is asked before they write what they say, which would be lost.</summary>
    /// <param name="episode">As it is now.</param>
    public static string? Problem(RemoteEpisode episode, EpisodesArguments arguments, EpisodeText text)
    {
        var role = arguments.Role;
        if (episode.Roles.Count > 0 && !episode.Roles.Contains(role, StringComparer.Ordinal))
        {
            return $"Nobody plays a role {role} there. The roles are {string.Join(", ", episode.Roles)}.";
        }

        if (episode.IsOver)
        {
            return $"The episode is over. {text.Standing(episode)}";
        }

        if (episode.Awaited != role)
        {
            return $"It is not the turn of {role}. {text.Standing(episode)}".TrimEnd();
        }

        if (!episode.IsMine(role))
        {
            return $"You do not play {role}. {text.Standing(episode)}";
        }

        return episode.Outcomes is { Count: > 0 } outcomes && !outcomes.Contains(arguments.Outcome ?? "", StringComparer.Ordinal)
                ? $"The outcome of this step is one of: {string.Join(", ", outcomes)}. Give it with --outcome."
            : episode.WantsScore == true && arguments.Score is null
                ? "This step is rated. Give --score with a number from 0, bad, to 1, good, such as 0.7."
            : null;
    }

    /// <summary>The body of the request. It names the step that waits, so that an act that is sent twice is not taken for the next.</summary>
    public static JsonObject Of(RemoteEpisode episode, EpisodesArguments arguments, string text) =>
        new()
        {
            ["role"] = arguments.Role,
            ["text"] = text,
            ["outcome"] = arguments.Outcome,
            ["score"] = arguments.Score,
            ["seq"] = episode.Steps?.LastOrDefault(step => !step.IsEnded && step.Role == arguments.Role)?.Seq,
        };
}
