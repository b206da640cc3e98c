using Republic.Web.Cli.Remote;

namespace Republic.Web.Cli.Episodes;

/// <summary>
/// An episode as <c>/api/episodes</c> sends it, of which a list has less. Every member may be missing, because the server may be older or
/// newer than this command.
/// </summary>
internal sealed record RemoteEpisode
{
    public string? Id { get; init; }

    /// <summary>The scenario's name.</summary>
    public string? Scenario { get; init; }

    public int? Version { get; init; }

    public string? TimelineId { get; init; }

    public string? Status { get; init; }

    public string? Wait { get; init; }

    public string? Why { get; init; }

    public IReadOnlyList<string>? WaitingFor { get; init; }

    public IReadOnlyList<string>? Outcomes { get; init; }

    public IReadOnlyList<string>? Prompts { get; init; }

    public bool? WantsScore { get; init; }

    public string? CurrentState { get; init; }

    public string? Result { get; init; }

    public string? EndedBy { get; init; }

    /// <summary>Lists alone say so.</summary>
    public bool? WaitsForMe { get; init; }

    public int? Turn { get; init; }

    public string? TranscriptSha256 { get; init; }

    /// <summary>The number of the last entry of the timeline.</summary>
    public long? Seq { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public bool? IsOwner { get; init; }

    public bool? SeesAll { get; init; }

    public IReadOnlyList<string>? MyRoles { get; init; }

    public IReadOnlyList<RemoteAssignment>? Assignments { get; init; }

    public IReadOnlyList<RemoteStep>? Steps { get; init; }

    public IReadOnlyList<RemoteMessage>? Messages { get; init; }

    public string Name => RemoteText.OneLine(Scenario);

    public bool IsOver => Status is "COMPLETED" or "TERMINATED";

    /// <summary>The role whose player, a person, is to act; null where none is.</summary>
    public string? Awaited => Wait == "person" && WaitingFor is [var role, ..] ? role : null;

    /// <summary>The roles that somebody plays.</summary>
    public IReadOnlyList<string> Roles => [.. Playing.Select(one => one.Role).OfType<string>()];

    /// <summary>Where it stands, for one column of a table.</summary>
    public string Standing =>
        WaitsForMe == true ? "waits for you"
        : Status == "COMPLETED" ? RemoteText.OneLine($"ended: {Result}")
        : Status == "TERMINATED" ? "stopped"
        : Wait switch
        {
            null => "minions act",
            "person" => "waits for a person",
            "choice" => "waits for a choice",
            "limit" => "waits at a limit",
            "stuck" => "cannot go on",
            _ => StartedAt is null ? "not started" : "paused",
        };

    /// <summary>The name of whoever plays a role; empty where they are gone.</summary>
    public string PlayerOf(string role) => RemoteText.OneLine(Playing.LastOrDefault(one => one.Role == role)?.Name);

    public bool IsMine(string role) => MyRoles?.Contains(role, StringComparer.Ordinal) == true;

    private IEnumerable<RemoteAssignment> Playing => Assignments?.Where(one => one.UntilSeq is null) ?? [];
}
