namespace Republic.Web.Cli.Remote;

/// <summary>Since when the server does not load a model, and why.</summary>
internal sealed record RemoteQuarantine(DateTimeOffset? At, string? Reason);
