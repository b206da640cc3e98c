using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Versions.Changes;
using Republic.Web.Http;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Datasets;

public sealed class CompareModel(DatasetCards cards, DatasetRows rows) : DatasetPage(cards, rows)
{
    private const int PageSize = 20;
    private readonly DatasetRows rows = rows;

    public override string Tab => "versions";

    [BindProperty(SupportsGet = true, Name = "before")]
    public int Earlier { get; set; }

    [BindProperty(SupportsGet = true, Name = "after")]
    public int Later { get; set; }

    [BindProperty(SupportsGet = true)]
    public int From { get; set; }

    public DiffPage Diff { get; private set; } = new(0, 0, 0, []);

    public int Total => Diff.Added + Diff.Removed + Diff.Changed;

    public string Finding =>
        Total == 0
            ? "the same rows"
            : string.Join(
                ", ",
                new[] { (Diff.Added, "added"), (Diff.Changed, "changed"), (Diff.Removed, "gone") }
                    .Where(kind => kind.Item1 > 0)
                    .Select(kind => $"{Figures.Count(kind.Item1, "row")} {kind.Item2}")
            );

    public string? Previous => From > 0 ? To(Math.Max(0, From - PageSize)) : null;

    public string? Next => From + PageSize < Total ? To(From + PageSize) : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        From = Math.Max(0, From);
        // The earlier one is the one compared from, whichever way round they were asked for.
        (Earlier, Later) = (Math.Min(Earlier, Later), Math.Max(Earlier, Later));
        var before = await rows.OpenAsync(Me, Id, Earlier, ct);
        if (!before.Ok)
        {
            var loaded = await LoadAsync(ct);
            return loaded is { Ok: true, Value: null } ? LocalRedirect($"/datasets/{Id}") : this.Refuse(before.Failure);
        }

        using var open = before.Value;
        Asked = Later;
        return await ShowAsync(
            "_Compare",
            reader =>
            {
                Diff = reader.DiffFrom(open.Reader, From, PageSize);
                return Task.CompletedTask;
            },
            ct
        );
    }

    internal static string What(DiffRow row) =>
        row.Before is null ? "added"
        : row.After is null ? "gone"
        : "changed";

    internal static string Tone(DiffRow row) => row.After is null ? "bad" : "good";

    private string To(int from) =>
        string.Create(CultureInfo.InvariantCulture, $"/datasets/{Id}/compare?before={Earlier}&after={Later}&from={from}");
}
