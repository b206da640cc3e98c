namespace Republic.Core.Providers.Prices;

/// <summary>A price as people see it: for a million tokens, in US dollars, and where it comes from.</summary>
public sealed record PricedModel
{
    /// <summary>Of a price that somebody set; null for a published one.</summary>
    public Guid? Id { get; init; }

    /// <summary>The catalogue row's name.</summary>
    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>Other names of the same model at the same price.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public required decimal Input { get; init; }

    public required decimal Output { get; init; }

    public decimal? CachedInput { get; init; }

    public decimal? CacheWrite { get; init; }

    /// <summary>Where a prompt of more tokens than this makes the whole call dearer.</summary>
    public LongPromptPrice? LongPrompt { get; init; }

    public required PriceSource Source { get; init; }

    /// <summary>The day it was looked up, or set.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Where it was read, or what whoever set it wrote beside it.</summary>
    public string? Note { get; init; }

    internal static PricedModel Of(
        string provider,
        string model,
        KnownPrice known,
        Guid? id = null,
        IReadOnlyList<string>? aliases = null
    ) =>
        new()
        {
            Id = id,
            Provider = provider,
            Model = model,
            Aliases = aliases ?? [],
            Input = known.Price.Input,
            Output = known.Price.Output,
            CachedInput = known.Price.CachedInput,
            CacheWrite = known.Price.CacheWrite,
            LongPrompt = known.Price.LongPrompt,
            Source = known.Source,
            AsOf = known.AsOf,
            Note = known.Note,
        };
}
