using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Analytics;
using Republic.Core.Data;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Analytics;

public sealed class IndexModel(AnalyticsReader reader, RepublicDb db) : PageModel
{
    private const int MostMinions = 500;

    [BindProperty(SupportsGet = true)]
    public int? Days { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public AnalyticsGrouping By { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Minion { get; set; }

    /// <summary>Everybody's figures: for superusers.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Everybody { get; set; }

    public CurrentPerson Person => CurrentPerson.From(User);

    public AnalyticsView View { get; private set; } = null!;

    /// <summary>To choose from.</summary>
    public IReadOnlyDictionary<Guid, string> Minions { get; private set; } = new Dictionary<Guid, string>();

    public bool IsLast(int days) => From is null && To is null && View.Report.To == reader.Today && View.Days == days;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!Person.IsSuperuser && (Everybody || By == AnalyticsGrouping.Person))
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        // By person is for all of them: one's own would be one line.
        Everybody |= By == AnalyticsGrouping.Person;
        var period = AnalyticsQuery.Period(reader.Today, Days, From, To);
        if (!period.Ok || !ModelState.IsValid)
        {
            ModelState.Refuse(period.Failure);
            (Days, From, To) = (null, null, null);
            period = AnalyticsQuery.Period(reader.Today, null, null, null);
        }

        var report = await reader.ReadAsync(
            new AnalyticsQuery(Everybody ? null : Person.Id, period.Value.From, period.Value.To, By, Minion),
            ct
        );
        if (!report.Ok)
        {
            return this.Refuse(report.Failure);
        }

        View = new AnalyticsView(report.Value);
        Minions = await db
            .Minions.Where(m => m.OwnerId == Person.Id || m.Id == Minion)
            .OrderBy(m => m.Citizen.DisplayName)
            .Take(MostMinions)
            .ToDictionaryAsync(m => m.Id, m => m.Citizen.DisplayName, ct);
        return Page();
    }

    /// <summary>This page with other days.</summary>
    public string Last(int days) =>
        "/analytics" + QueryString.Create(Chosen().Append(new("days", days.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    /// <summary>The same choice as a file.</summary>
    public string Download(string table) =>
        $"/api/users/{Person.Id}/analytics.csv"
        + QueryString.Create([
            new("table", table),
            new("from", $"{View.Report.From:yyyy-MM-dd}"),
            new("to", $"{View.Report.To:yyyy-MM-dd}"),
            new("group_by", By.ToString().ToLowerInvariant()),
            .. Minion is { } minion
                ? [new KeyValuePair<string, string?>("minion_id", minion.ToString())]
                : Array.Empty<KeyValuePair<string, string?>>(),
            .. Everybody ? [new KeyValuePair<string, string?>("everybody", "true")] : Array.Empty<KeyValuePair<string, string?>>(),
        ]);

    private IEnumerable<KeyValuePair<string, string?>> Chosen()
    {
        if (By != AnalyticsGrouping.Minion)
        {
            yield return new("by", By.ToString());
        }

        if (Minion is { } minion)
        {
            yield return new("minion", minion.ToString());
        }

        if (Everybody)
        {
            yield return new("everybody", "true");
        }
    }
}
