using System.Globalization;

namespace Republic.Core.Providers.Listings;

/// <summary>From this day on a provider no longer answers with a model.</summary>
/// <param name="Days">Until then; 0 or less: it has ended.</param>
/// <param name="Replacement">What the provider recommends instead, where it does.</param>
/// <param name="Source">Where it was announced; null: in the provider's own list.</param>
public sealed record ModelDeprecation(DateOnly On, int Days, string? Replacement, Uri? Source)
{
    /// <summary>For people, e.g. <c>ends on 14 Jan 2027, in 54 days</c>.</summary>
    public string Text =>
        Days <= 0 ? $"ended on {Day}"
        : Days == 1 ? $"ends on {Day}, tomorrow"
        : string.Create(CultureInfo.InvariantCulture, $"ends on {Day}, in {Days:N0} days");

    private string Day => On.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
