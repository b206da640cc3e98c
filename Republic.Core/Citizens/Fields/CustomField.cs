namespace Republic.Core.Citizens.Fields;

/// <summary>Something about a citizen that has no field of its own.</summary>
public sealed class CustomField
{
    public const int MaxName = 100;
    public const int MaxValue = 2000;
    public const int MostPerCitizen = 50;

    private readonly string fieldName = "";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CitizenId { get; init; }

    public required string FieldName
    {
        get => fieldName;
        init => (fieldName, NormalizedName) = (value, Normalize(value));
    }

    /// <summary>The name without regard to case, by which it is unique.</summary>
    public string NormalizedName { get; private set; } = "";

    public required string FieldValue { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public static string Normalize(string name) => name.ToUpperInvariant();
}
