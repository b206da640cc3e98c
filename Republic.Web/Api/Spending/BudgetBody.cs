using Republic.Core;
using Republic.Core.Providers.Spending;

namespace Republic.Web.Api.Spending;

/// <summary>A budget as it comes over the API; what is left out sets no limit.</summary>
internal sealed record BudgetBody
{
    /// <summary>person, provider, minion or key; a person's where it is left out.</summary>
    public string? Scope { get; init; }

    /// <summary>The provider's name, or the id of the minion or key; left out for all of a person's calls.</summary>
    public string? Subject { get; init; }

    public decimal? MonthlyUsd { get; init; }

    public int? RequestsPerMinute { get; init; }

    public int? TokensPerMinute { get; init; }

    public bool AllowUnknown { get; init; }

    public Outcome<BudgetInput> ToInput()
    {
        BudgetScope? scope = null;
        if (Scope is not null)
        {
            // Parsing alone would take numbers too.
            if (!Enum.GetNames<BudgetScope>().Contains(Scope, StringComparer.OrdinalIgnoreCase))
            {
                return Failure.Invalid("scope", "scope is person, provider, minion or key.");
            }

            scope = Enum.Parse<BudgetScope>(Scope, ignoreCase: true);
        }

        return new BudgetInput
        {
            Scope = scope,
            Subject = Subject,
            MonthlyUsd = MonthlyUsd,
            RequestsPerMinute = RequestsPerMinute,
            TokensPerMinute = TokensPerMinute,
            AllowUnknown = AllowUnknown,
        };
    }
}
