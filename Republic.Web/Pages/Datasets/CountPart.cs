using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Refining.Duplicates;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Datasets;

/// <summary>What became of some of a dataset's rows.</summary>
/// <param name="Kind">How it is coloured.</param>
/// <param name="Meaning">Why they are used or not, in a few words.</param>
/// <param name="Place">The page of the dataset where they can be looked at, if they can.</param>
public sealed record CountPart(string Kind, string Label, long Count, string Meaning, string? Place = null)
{
    /// <summary>Every kind there is, in the order of the work; they add up to all rows.</summary>
    public static IReadOnlyList<CountPart> Of(RowCounts counts, RefinerySettings settings) =>
        [
            new("usable", "Usable", counts.Samples, "what a minion is trained on and measured by", "rows"),
            new("malformed", "Malformed", counts.Malformed, "no row can be read from the line", "rejected"),
            new("exact", "Exact repeats", counts.ExactDuplicates, "the same, character by character, as an earlier row", "duplicates"),
            new(
                "near",
                "Near repeats",
                counts.NearDuplicates,
                FormattableString.Invariant($"at least {settings.NearDuplicateThreshold:0.##} like an earlier row, where 1 is the same"),
                "duplicates"
            ),
            new("short", "Too short", counts.TooShort, $"under {Figures.Count(settings.MinTextLength, "character")}", "rejected"),
            new("long", "Too long", counts.TooLong, $"over {Figures.Count(settings.MaxTextLength, "character")}", "rejected"),
            new(
                "poor",
                "Low quality",
                counts.LowQuality,
                FormattableString.Invariant($"a score under {settings.MinQuality:0.##}"),
                "rejected"
            ),
            new("dropped", "Dropped by you", counts.Dropped, "taken out by hand"),
        ];
}
