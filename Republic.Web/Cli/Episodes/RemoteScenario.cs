namespace Republic.Web.Cli.Episodes;

/// <summary>A scenario as <c>/api/scenarios</c> sends it.</summary>
internal sealed record RemoteScenario(string? Id, string? Name);
