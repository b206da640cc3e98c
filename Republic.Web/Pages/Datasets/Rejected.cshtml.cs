using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Versions;
using Republic.Web.Http;

namespace Republic.Web.Pages.Datasets;

public sealed class RejectedModel(DatasetCards cards, DatasetRows rows) : DatasetPage(cards, rows)
{
    private const int PageSize = 50;
    private const int ExcerptLength = 240;
    private readonly DatasetRows rows = rows;

    public override string Tab => "rejected";

    [BindProperty(SupportsGet = true)]
    public long From { get; set; }

    public RejectedPage Rejected { get; private set; } = new([], null);

    public Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        From = Math.Max(0, From);
        return ShowAsync(
            "_Rejected",
            reader =>
            {
                Rejected = reader.Rejected(From, PageSize);
                return Task.CompletedTask;
            },
            ct
        );
    }

    public async Task<IActionResult> OnGetDownloadAsync(CancellationToken ct)
    {
        var loaded = await LoadAsync(ct);
        var file = loaded.Ok ? await rows.RejectedAsync(Me, Id, Asked, ct) : loaded.Failure;
        return file.Ok
            ? PhysicalFile(file.Value, "application/jsonl", $"{Dataset.Name}-v{Version}-rejected.jsonl")
            : this.Refuse(file.Failure);
    }

    /// <summary>The beginning of a line, with what has no picture of its own made visible.</summary>
    internal static string Excerpt(string raw)
    {
        var text = new StringBuilder();
        foreach (var letter in raw.EnumerateRunes().Take(ExcerptLength))
        {
            text.Append(
                Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format
                    ? string.Create(CultureInfo.InvariantCulture, $"\\u{letter.Value:x4}")
                    : letter.ToString()
            );
        }

        return text.Length == 0 ? "nothing"
            : raw.Length > text.Length ? $"{text}…"
            : text.ToString();
    }
}
