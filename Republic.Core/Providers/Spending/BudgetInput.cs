namespace Republic.Core.Providers.Spending;

/// <summary>A budget as a person gives it; what is null sets no limit.</summary>
public sealed record BudgetInput
{
    private const decimal MostUsd = 10_000_000;
    private const int MostPerMinute = 100_000_000;

    public BudgetScope? Scope { get; init; }

    /// <summary>The provider's name, or the id of the minion or key; empty for all of a person's calls.</summary>
    public string? Subject { get; init; }

    public decimal? MonthlyUsd { get; init; }

    public int? RequestsPerMinute { get; init; }

    public int? TokensPerMinute { get; init; }

    public bool AllowUnknown { get; init; }

    public IReadOnlyList<FieldError> Check()
    {
        List<FieldError> errors = [];
        if (MonthlyUsd is < 0 or > MostUsd || (MonthlyUsd is { } usd && decimal.Round(usd, 2) != usd))
        {
            errors.Add(new("monthly_usd", "Enter dollars and cents a month, from 0 to 10,000,000, or leave it empty."));
        }

        if (RequestsPerMinute is < 1 or > MostPerMinute)
        {
            errors.Add(new("requests_per_minute", "Enter a number above 0, or leave it empty."));
        }

        if (TokensPerMinute is < 1 or > MostPerMinute)
        {
            errors.Add(new("tokens_per_minute", "Enter a number above 0, or leave it empty."));
        }

        if (MonthlyUsd is null && RequestsPerMinute is null && TokensPerMinute is null)
        {
            errors.Add(new("monthly_usd", "Set at least one limit."));
        }

        return errors;
    }
}
