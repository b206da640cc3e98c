namespace Republic.Web.Cli.Remote.Loaded;

/// <summary>A model that waits for memory; one of another person has no name.</summary>
internal sealed record RemoteWaitingModel(string? Name, long? NeedBytes, int? Requests, double? Seconds);
