using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>What of the catalogue is shown.</summary>
/// <param name="All">All that have the words looked for.</param>
/// <param name="Tags">What models are for, in one word each.</param>
/// <param name="Use">One of the tags, or <see cref="Fits"/>; null: all.</param>
public sealed record ShopView(ModelMemory Memory, IReadOnlyList<ShopRow> All, IReadOnlyList<string> Tags, string? Words, string? Use)
{
    public const string Fits = "fits";

    public IEnumerable<ShopRow> Shown => All.Where(row => Is(row, Use));

    public int Count(string? use) => All.Count(row => Is(row, use));

    private static bool Is(ShopRow row, string? use) =>
        string.IsNullOrEmpty(use) || (use == Fits ? row.Files.Any(file => file.Words.Fit == "yes") : row.Model.Tags.Contains(use));
}
