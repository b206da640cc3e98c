using Republic.Core;
using Republic.Core.Scenarios.Definitions;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Episodes;

/// <summary>Limits as they are typed; what is left empty stays as it is.</summary>
public sealed class LimitsForm
{
    private const double BeyondAll = 1e12;

    public string? Turns { get; set; }

    public string? Minutes { get; set; }

    /// <summary>Dollars.</summary>
    public string? Cost { get; set; }

    public string? Tokens { get; set; }

    /// <returns>Null where nothing was typed.</returns>
    public ScenarioLimits? ToLimits(List<FieldError> unreadable)
    {
        var cost = TypedNumber.Number("limits.cost", Cost?.Replace("$", "", StringComparison.Ordinal), unreadable);
        var limits = new ScenarioLimits(
            TypedNumber.Whole("limits.turns", Turns, unreadable),
            TypedNumber.Whole("limits.minutes", Minutes, unreadable),
            cost is { } number && !double.IsNaN(number) ? (decimal)Math.Clamp(number, -BeyondAll, BeyondAll) : null,
            TypedNumber.Whole<long>("limits.tokens", Tokens, unreadable)
        );
        return limits == new ScenarioLimits() ? null : limits;
    }
}
