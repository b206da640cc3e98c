namespace Republic.Core.Knowledge;

/// <summary>The vector that one model made of one text of one person, whichever passages hold that text.</summary>
public sealed class StoredVector
{
    public required Guid OwnerId { get; init; }

    /// <summary>All that a vector depends on besides the text: provider, address, model and prefix.</summary>
    public required string Model { get; init; }

    /// <summary>As in <see cref="Passage.Hash"/>.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>32-bit floats, little-endian, of length 1.</summary>
    public required byte[] Values { get; init; }
}
