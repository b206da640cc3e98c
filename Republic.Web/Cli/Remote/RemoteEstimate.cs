namespace Republic.Web.Cli.Remote;

/// <summary>What a model is reckoned to take in memory, in bytes.</summary>
internal sealed record RemoteEstimate(long? Weights, long? Kv, long? State, long? Compute, long? Need);
