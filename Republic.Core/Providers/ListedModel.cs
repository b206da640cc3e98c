namespace Republic.Core.Providers;

/// <summary>One model of a provider's list, with what the list says of it; null is what it does not say.</summary>
public sealed record ListedModel(string Id)
{
    /// <summary>The most tokens of prompt and answer.</summary>
    public int? ContextLength { get; init; }

    public ListedPrice? Price { get; init; }

    /// <summary>From this day on the provider no longer answers with it.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>In a line, e.g. <c>131,072 tokens · $3 in, $15 out per million</c>; empty where the list says nothing.</summary>
    public string Facts =>
        string.Join(
            " · ",
            new[]
            {
                ContextLength is { } length ? $"{length:N0} tokens" : null,
                Price is { } price ? $"${price.Input:0.####} in, ${price.Output:0.####} out per million" : null,
                EndsOn is { } day ? $"ends on {day:d MMM yyyy}" : null,
            }.OfType<string>()
        );
}
