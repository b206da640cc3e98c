namespace Republic.Core.Providers.Idempotency;

/// <summary>What a call finds out by claiming its key.</summary>
public abstract record CallClaim
{
    private CallClaim() { }

    /// <summary>It is the first: ask a model, then keep or let go by <paramref name="Id"/>.</summary>
    public sealed record Taken(Guid Id) : CallClaim;

    public sealed record Answered(string Headers, byte[] Body) : CallClaim;

    public sealed record UnderWay : CallClaim;

    /// <summary>The key stands for another request.</summary>
    public sealed record Mismatch : CallClaim;
}
