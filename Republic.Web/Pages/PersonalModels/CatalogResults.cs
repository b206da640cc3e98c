using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>The result of a search in the catalogue, with its filter.</summary>
/// <param name="Memory">The memory available for one more model.</param>
/// <param name="All">All models that contain the words.</param>
/// <param name="Tags">The uses of models, each as one word.</param>
/// <param name="Words">The words of the search.</param>
/// <param name="Use">One of the tags, or <see cref="Fits"/>; null for all.</param>
public sealed record CatalogResults(
    ModelMemory Memory,
    IReadOnlyList<CatalogRow> All,
    IReadOnlyList<string> Tags,
    string? Words,
    string? Use
)
{
    public const string Fits = "fits";

    /// <summary>Those that fit come first.</summary>
    public IEnumerable<CatalogRow> Shown => All.Where(row => Is(row, Use)).OrderByDescending(row => row.Fits);

    public int Count(string? use) => All.Count(row => Is(row, use));

    private static bool Is(CatalogRow row, string? use) =>
        string.IsNullOrEmpty(use) || (use == Fits ? row.Fits : row.Model.Tags.Contains(use));
}
