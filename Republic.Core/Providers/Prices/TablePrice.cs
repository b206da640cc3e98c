namespace Republic.Core.Providers.Prices;

/// <summary>One row of prices.json.</summary>
public sealed record TablePrice
{
    /// <summary>The catalogue row's name.</summary>
    public required string Provider { get; init; }

    /// <summary>A dated snapshot of it (<c>-2026-04-14</c>, <c>-20260414</c>) costs the same.</summary>
    public required string Model { get; init; }

    /// <summary>Other names of the same model at the same price.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public required TokenPrice Price { get; init; }

    /// <summary>Where it was read.</summary>
    public required Uri Source { get; init; }

    /// <summary>When it was read.</summary>
    public required DateOnly AsOf { get; init; }

    internal KnownPrice Known => new(Price, PriceSource.Table, AsOf, Source.AbsoluteUri);
}
