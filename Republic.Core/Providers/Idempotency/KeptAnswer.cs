namespace Republic.Core.Providers.Idempotency;

/// <summary>A call with an <c>Idempotency-Key</c>: under way while there is no <see cref="Body"/>, answered once there is one.</summary>
public sealed class KeptAnswer
{
    public const int MaxKeyLength = 255;

    /// <summary>The minion whose key called, or the person whose token did. Keys of different callers have nothing to do with each other.</summary>
    public required Guid CallerId { get; init; }

    public required string Key { get; init; }

    public required Guid OwnerId { get; init; }

    /// <summary>Who works on it: whoever took it over from a node that died must not be overwritten by it.</summary>
    public required Guid Claim { get; init; }

    /// <summary>SHA-256 of what was asked.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>Under way: until when its node is believed to live. Answered: until when the answer is kept.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Headers of the answer, a JSON object of strings.</summary>
    public string? Headers { get; init; }

    public byte[]? Body { get; init; }
}
