namespace Republic.Web.Cli.Episodes;

/// <summary>Who plays a role of an episode, or played it.</summary>
/// <param name="UntilSeq">The number of the entry by which somebody else took over; null while they play it.</param>
internal sealed record RemoteAssignment(string? Role, string? UserId, string? Name, long? UntilSeq);
