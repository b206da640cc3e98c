using System.Globalization;
using Republic.Core.Training.Traits;

namespace Republic.Web.Pages.Training.Reports;

/// <summary>How each two of some traits go together, as a table.</summary>
public sealed record PairTable(IReadOnlyList<Trait> Traits, string Caption)
{
    /// <summary>“+0.8”, “−0.4”, “0”; nothing for a trait with itself.</summary>
    public static string Text(Trait one, Trait other) =>
        one.Name == other.Name
            ? ""
            : TraitCatalog.Embedded.Value(one.Name, other.Name) switch
            {
                > 0 and var good => $"+{good.ToString("0.0", CultureInfo.InvariantCulture)}",
                < 0 and var bad => $"−{(-bad).ToString("0.0", CultureInfo.InvariantCulture)}",
                _ => "0",
            };

    public static string? Tone(Trait one, Trait other) =>
        one.Name == other.Name
            ? null
            : TraitCatalog.Embedded.Value(one.Name, other.Name) switch
            {
                > 0 => "good",
                < 0 => "bad",
                _ => null,
            };
}
