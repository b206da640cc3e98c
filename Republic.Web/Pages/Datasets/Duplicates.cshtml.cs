using Microsoft.AspNetCore.Mvc;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Versions;

namespace Republic.Web.Pages.Datasets;

public sealed class DuplicatesModel(DatasetCards cards, DatasetRows rows) : DatasetPage(cards, rows)
{
    private const int PageSize = 10;
    private const int FirstRepeats = 3;
    private const int AllRepeats = 200;

    public override string Tab => "duplicates";

    [BindProperty(SupportsGet = true)]
    public int From { get; set; }

    /// <summary>The position of the one row whose repeats are all shown.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Of { get; set; }

    public IReadOnlyList<DuplicateCluster> Clusters { get; private set; } = [];

    public int Total { get; private set; }

    public string? Previous => From > 0 ? Address(Tab, ("from", Math.Max(0, From - PageSize))) : null;

    public string? Next => Of is null && From + PageSize < Total ? Address(Tab, ("from", From + PageSize)) : null;

    public Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        From = Math.Max(0, From);
        return ShowAsync(
            "_Duplicates",
            reader =>
            {
                var page = reader.Clusters(From, PageSize, FirstRepeats);
                (Clusters, Total) = (page.Clusters, page.Total);
                if (Of is { } position)
                {
                    Clusters = reader.Row(position) is { Repeats: > 0 } kept
                        ? [new DuplicateCluster(kept, reader.RepeatsOf(position, AllRepeats), kept.Repeats)]
                        : [];
                }

                return Task.CompletedTask;
            },
            ct
        );
    }
}
