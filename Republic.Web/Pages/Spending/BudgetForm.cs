using Republic.Core.Providers.Spending;

namespace Republic.Web.Pages.Spending;

public sealed class BudgetForm
{
    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    /// <summary>Scope and subject in one choice, e.g. <c>Provider:groq</c>.</summary>
    public string Subject { get; set; } = "Person:";

    public decimal? MonthlyUsd { get; set; }

    public int? RequestsPerMinute { get; set; }

    public int? TokensPerMinute { get; set; }

    public bool AllowUnknown { get; set; }

    public BudgetInput ToInput() =>
        Subject.Split(':', 2) is [var scope, var subject] && Enum.TryParse<BudgetScope>(scope, out var known)
            ? Limits() with
            {
                Scope = known,
                Subject = subject,
            }
            : Limits();

    private BudgetInput Limits() =>
        new()
        {
            MonthlyUsd = MonthlyUsd,
            RequestsPerMinute = RequestsPerMinute,
            TokensPerMinute = TokensPerMinute,
            AllowUnknown = AllowUnknown,
        };
}
