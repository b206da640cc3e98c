using Microsoft.AspNetCore.Mvc;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Splitting;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Datasets;

public sealed class VersionsModel(DatasetCards cards, DatasetRows rows) : DatasetPage(cards, rows)
{
    private readonly DatasetRows rows = rows;

    public override string Tab => "versions";

    /// <summary>Newest first.</summary>
    public IReadOnlyList<DatasetVersion> Versions { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        ShowAsync("_Versions", async _ => Versions = (await rows.VersionsAsync(Me, Id, ct)).Value ?? [], ct);

    internal string MadeBy(DatasetVersion version)
    {
        var before = Versions.FirstOrDefault(v => v.Number == version.Number - 1);
        return version.Origin switch
        {
            VersionOrigin.Upload => "reading the upload",
            VersionOrigin.Edits => "edited rows",
            _ => before is null ? "other thresholds" : Changed(before.Result.Settings, version.Result.Settings),
        };
    }

    private static string Changed(RefinerySettings before, RefinerySettings after)
    {
        var changed = new[]
        {
            Change("shortest", before.MinTextLength, after.MinTextLength),
            Change("longest", before.MaxTextLength, after.MaxTextLength),
            Change("alike", before.NearDuplicateThreshold, after.NearDuplicateThreshold),
            Change("quality", before.MinQuality, after.MinQuality),
            Change("held out", before.ValidationShare ?? HeldOutShare.Usual, after.ValidationShare ?? HeldOutShare.Usual),
            Change("seed", before.Seed, after.Seed),
        };
        var said = string.Join(", ", changed.OfType<string>());
        return said.Length == 0 ? "other columns" : said;
    }

    private static string? Change(string name, double before, double after) =>
        before.Equals(after) ? null : $"{name} {Figures.Number(before)} → {Figures.Number(after)}";
}
