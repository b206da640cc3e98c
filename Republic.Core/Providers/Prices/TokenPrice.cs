using Republic.Core.Providers.Routing;

namespace Republic.Core.Providers.Prices;

/// <summary>What a model asks for a million tokens, in US dollars.</summary>
public sealed record TokenPrice(decimal Input, decimal Output)
{
    private const decimal Million = 1_000_000;

    /// <summary>Of a token read from the provider's cache; null: as any other of the prompt.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>Of a token written to the provider's cache; null: as any other of the prompt.</summary>
    public decimal? CacheWrite { get; init; }

    /// <summary>Where a long prompt makes the whole call dearer.</summary>
    public LongPromptPrice? LongPrompt { get; init; }

    public bool IsFree => Input == 0 && Output == 0 && CachedInput is null or 0 && CacheWrite is null or 0 && LongPrompt is null;

    public decimal CostOf(TokenCounts tokens)
    {
        if (LongPrompt is { } dearer && tokens.Input > dearer.Above)
        {
            return dearer.Price.CostOf(tokens);
        }

        var fresh = Math.Max(0, tokens.Input - tokens.Cached - tokens.CacheWrites);
        return (
                (fresh * Input)
                + (tokens.Cached * (CachedInput ?? Input))
                + (tokens.CacheWrites * (CacheWrite ?? Input))
                + (tokens.Output * Output)
            ) / Million;
    }

    /// <summary>The most that so many tokens can cost, whatever of them is cached.</summary>
    public decimal MostFor(long input, long output)
    {
        var most = ((input * Math.Max(Input, CacheWrite ?? 0)) + (output * Output)) / Million;
        return LongPrompt is { } dearer && input > dearer.Above ? Math.Max(most, dearer.Price.MostFor(input, output)) : most;
    }
}
