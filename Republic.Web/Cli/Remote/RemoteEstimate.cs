namespace Republic.Web.Cli.Remote;

/// <summary>The estimated memory of a model, in bytes.</summary>
internal sealed record RemoteEstimate(long? Weights, long? Kv, long? State, long? Compute, long? Need);
