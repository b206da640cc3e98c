using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Prices;

/// <summary>A price as a person gives it: for a million tokens, in US dollars.</summary>
public sealed record PriceInput
{
    public const int LongestNote = 200;
    private const decimal Most = 100_000;

    public string? Provider { get; init; }
    public string? Model { get; init; }
    public decimal? Input { get; init; }
    public decimal? Output { get; init; }
    public decimal? CachedInput { get; init; }
    public decimal? CacheWrite { get; init; }
    public string? Note { get; init; }

    /// <summary>For everybody who has none of their own; only superusers may.</summary>
    public bool ForEverybody { get; init; }

    public IReadOnlyList<FieldError> Check(ProviderCatalog catalog)
    {
        List<FieldError> errors = [];
        if (catalog.Find(Provider) is not { } row)
        {
            errors.Add(new("provider", "Choose a provider."));
        }
        else if (row.Transport == ProviderTransport.ModelHost)
        {
            errors.Add(new("provider", "What runs inside Republic costs nothing, and has no price."));
        }

        if (string.IsNullOrWhiteSpace(Model) || Model.Trim().Length > 300)
        {
            errors.Add(new("model", "Enter the model's name as the provider has it, with at most 300 letters."));
        }

        if (Note?.Length > LongestNote)
        {
            errors.Add(new("note", $"A note has at most {LongestNote} letters."));
        }

        Amount("input", Input, isNeeded: true);
        Amount("output", Output, isNeeded: true);
        Amount("cached_input", CachedInput, isNeeded: false);
        Amount("cache_write", CacheWrite, isNeeded: false);
        return errors;

        void Amount(string field, decimal? amount, bool isNeeded)
        {
            if (amount is < 0 or > Most || (isNeeded && amount is null))
            {
                errors.Add(new(field, "Enter dollars for a million tokens, from 0 to 100,000. 0 is free."));
            }
        }
    }
}
