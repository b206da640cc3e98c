namespace Republic.Web.Cli.Tasks;

/// <summary>A person or a minion as <c>/api/citizens</c> sends it.</summary>
internal sealed record RemoteCitizen(string? Id, string? Kind, string? DisplayName, string? Username);
