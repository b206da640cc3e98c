using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Refining.Duplicates;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Datasets;

/// <summary>What a person came to learn about a dataset, in one or two sentences.</summary>
public static class DatasetSentence
{
    public static string Of(RowCounts counts)
    {
        if (counts.Rows == 0)
        {
            return "It has no rows.";
        }

        if (counts.Rows == counts.Samples)
        {
            return counts.Rows == 1 ? "The one row is usable." : $"All {Figures.Count(counts.Rows)} rows are usable.";
        }

        var left = new[]
        {
            Clause(counts.Malformed, "is malformed", "are malformed"),
            Clause(counts.ExactDuplicates + counts.NearDuplicates, "repeats an earlier one", "repeat earlier ones"),
            Clause(counts.TooShort + counts.TooLong, "is too short or too long", "are too short or too long"),
            Clause(counts.LowQuality, "scores too low", "score too low"),
            Clause(counts.Dropped, "was dropped by you", "were dropped by you"),
        }
            .OfType<string>()
            .ToList();
        var usable =
            counts.Samples > 0 ? $"{Figures.Count(counts.Samples)} usable of {Figures.Count(counts.Rows, "row")}"
            : counts.Rows == 1 ? "The one row is not usable"
            : $"None of the {Figures.Count(counts.Rows)} rows is usable";
        return $"{usable}. {Joined(left)}.";
    }

    private static string? Clause(int count, string one, string more) =>
        count == 0 ? null : $"{Figures.Count(count)} {(count == 1 ? one : more)}";

    private static string Joined(List<string> clauses) =>
        clauses.Count < 2 ? clauses.FirstOrDefault() ?? "" : $"{string.Join(", ", clauses[..^1])} and {clauses[^1]}";
}
