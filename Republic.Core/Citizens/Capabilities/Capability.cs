namespace Republic.Core.Citizens.Capabilities;

/// <summary>Something that a citizen can do, and what its work has shown of it. How well follows from the counts: <see cref="CapabilityRule"/>.</summary>
public sealed class Capability
{
    public const int MaxName = 100;
    public const int MaxDescription = 2000;

    private readonly string name = "";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CitizenId { get; init; }

    public required string Name
    {
        get => name;
        init => (name, NormalizedName) = (value, Normalize(value));
    }

    /// <summary>The name without regard to case, by which it is unique.</summary>
    public string NormalizedName { get; private set; } = "";

    public string? Description { get; set; }

    // Summed up from the entries that are not struck.
    public int SuccessCount { get; private set; }
    public int FailureCount { get; private set; }
    public double FeedbackSum { get; private set; }
    public int FeedbackCount { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public static string Normalize(string name) => name.ToUpperInvariant();
}
