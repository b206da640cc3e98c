namespace Republic.Core.Providers.Prices;

/// <summary>A price that somebody set, instead of what is published.</summary>
public sealed class PriceOverride
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose calls it is for; null: everybody's who has none of their own.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>The catalogue row's name.</summary>
    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required decimal Input { get; set; }

    public required decimal Output { get; set; }

    public decimal? CachedInput { get; set; }

    public decimal? CacheWrite { get; set; }

    public string? Note { get; set; }

    public required DateTimeOffset SetAt { get; set; }

    internal KnownPrice Known =>
        new(
            new TokenPrice(Input, Output) { CachedInput = CachedInput, CacheWrite = CacheWrite },
            OwnerId is null ? PriceSource.Installation : PriceSource.Own,
            DateOnly.FromDateTime(SetAt.UtcDateTime),
            Note
        );
}
