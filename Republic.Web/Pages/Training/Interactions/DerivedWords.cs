using Republic.Core.Interactions.Lineage;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training.Interactions;

/// <summary>What was made of chats, in words.</summary>
internal static class DerivedWords
{
    /// <summary>What goes with a chat that is about to be deleted, and what stays; null where nothing was made of it.</summary>
    public static string? Before(DerivedData derived)
    {
        List<string> parts = [];
        if (derived.Datasets > 0)
        {
            parts.Add(
                $"{Figures.Count(derived.Rows, "row")} of {Figures.Count(derived.Datasets, "dataset")} came from it: {(derived.Datasets == 1 ? "this dataset is" : "these datasets are")} deleted too. Rows of other chats in {(derived.Datasets == 1 ? "it" : "them")} are still in those chats."
            );
        }

        if (derived.Versions.Count > 0)
        {
            parts.Add(
                $"{Learners(derived)} learned from it and {(derived.Versions.Count == 1 ? "stays" : "stay")}, marked: train again without it."
            );
        }

        if (derived.Runs > 0)
        {
            parts.Add(
                $"{Figures.Count(derived.Runs, "run")} {(derived.Runs == 1 ? "keeps the rows that it" : "keep the rows that they")} read of it until you delete {(derived.Runs == 1 ? "it" : "them")}."
            );
        }

        if (derived.Tasks > 0)
        {
            parts.Add(Copied(derived));
        }

        return parts.Count > 0 ? string.Join(' ', parts) : null;
    }

    public static string Deleted(DerivedData derived)
    {
        List<string> parts = [];
        if (derived.Datasets > 0)
        {
            parts.Add($"{Figures.Count(derived.Rows, "row")} in {Figures.Count(derived.Datasets, "dataset")} went with it.");
        }

        if (derived.Versions.Count > 0)
        {
            parts.Add($"{Learners(derived)} learned from it and {(derived.Versions.Count == 1 ? "is" : "are")} marked.");
        }

        if (derived.Runs > 0)
        {
            parts.Add(
                $"{Figures.Count(derived.Runs, "run")} {(derived.Runs == 1 ? "keeps" : "keep")} rows of it until you delete {(derived.Runs == 1 ? "it" : "them")}."
            );
        }

        if (derived.Tasks > 0)
        {
            parts.Add(Copied(derived));
        }

        return string.Join(' ', parts.Concat(derived.Held));
    }

    public static string TakenBackDeleted(DerivedData derived) =>
        derived is { Datasets: 0, Held.Count: > 0 }
            ? "Nothing was deleted yet."
            : $"{Figures.Count(derived.Datasets, "dataset")} deleted, with {Figures.Count(derived.Rows, "row")} of chats that were deleted or taken back.";

    /// <summary>What is left of chats that were deleted or taken back.</summary>
    public static string Left(DerivedData derived) =>
        derived.Rows == 0
            ? "No dataset holds rows of chats that were deleted or taken back."
            : $"{Figures.Count(derived.Rows, "row")} of chats that were deleted or taken back {(derived.Rows == 1 ? "is" : "are")} left in {Figures.Count(derived.Datasets, "dataset")}.";

    private static string Copied(DerivedData derived) =>
        $"{Figures.Count(derived.Tasks, "task")} made of its messages {(derived.Tasks == 1 ? "stays" : "stay")}, with the text that was copied.";

    private static string Learners(DerivedData derived)
    {
        var numbers = derived.Versions.Select(version => version.Number).Distinct().Order().ToList();
        return $"{(numbers.Count == 1 ? "Version" : "Versions")} {string.Join(", ", numbers)}";
    }
}
