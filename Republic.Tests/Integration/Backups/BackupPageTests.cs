using System.Net;
using Republic.Core.Backups.Schedules;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Backups;

/// <summary>The page of backups without scripts, and who may see it.</summary>
[Collection(nameof(IdleNode))]
public sealed class BackupPageTests(IdleRepublic node) : BackupTestBase(node)
{
    private const string Page = "/admin/backups";

    [Fact]
    public async Task The_schedule_is_set_by_a_form_which_gives_back_what_it_refuses()
    {
        var browser = await Mira.BrowserAsync();

        using var refused = await SubmitAsync(browser, "Schedule", Fields("tuesday", "04:30", "Europe/Zagreb", "many"));
        var page = await refused.Content.ReadAsStringAsync(Ct);
        using var outside = await SubmitAsync(browser, "Schedule", Fields("tuesday", "04:30", "Europe/Zagreb", "61"));
        using var saved = await SubmitAsync(browser, "Schedule", Fields("tuesday", "04:30", "Europe/Zagreb", "12"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (refused.StatusCode, outside.StatusCode));
        Assert.Contains("is not a whole number", page, StringComparison.Ordinal);
        Assert.Contains("value=\"many\"", page, StringComparison.Ordinal);
        Assert.Contains("Keep 1 to 60 backups.", await outside.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var schedule = (await Mira.Api.GetAsync(Address))["schedule"]!;
        Assert.Equal(
            ("tuesday", "04:30", "Europe/Zagreb", 12),
            ((string?)schedule["day"], (string?)schedule["at"], (string?)schedule["time_zone"], (int)schedule["keep"]!)
        );
    }

    [Fact]
    public async Task A_backup_that_is_asked_for_is_shown_until_it_is_made_and_not_asked_for_twice()
    {
        var browser = await Mira.BrowserAsync();

        // From a page that was opened before.
        var again = await browser.OpenFormAsync(Page, new Dictionary<string, string>(), "handler=Now");
        using var asked = await SubmitAsync(browser, "Now");
        using var twice = await again();

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Conflict), (asked.StatusCode, twice.StatusCode));
        Assert.Contains("is being made already", await twice.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var name = Assert.Single(await Node.BackupsAsync()).FileName;
        var page = await browser.ReadAsync(Page);
        Assert.Contains("Waits for its turn", page, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Now", page, StringComparison.Ordinal);
        Assert.Contains(name, await browser.ReadAsync($"{Page}?handler=List"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task None_and_an_old_one_are_warned_of_and_a_young_one_is_not()
    {
        var browser = await Mira.BrowserAsync();
        await PlanAsync(Mira, "every");
        Assert.Contains("There is no backup yet", await browser.ReadAsync(Page), StringComparison.Ordinal);

        await Node.PlantBackupAsync(TimeSpan.FromDays(3.1));
        Assert.Contains("The last good backup is 3 days old.", await browser.ReadAsync(Page), StringComparison.Ordinal);
        await Node.PlantBackupAsync(TimeSpan.FromHours(5.5), BackupStatus.Failed, hasFile: false);
        var failed = await browser.ReadAsync(Page);
        await Node.PlantBackupAsync(TimeSpan.FromHours(2.5));
        var good = await browser.ReadAsync(Page);

        Assert.Contains("The planted disk is full.", failed, StringComparison.Ordinal);
        Assert.Contains("The last good backup is 3 days old.", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("The last good backup is", good, StringComparison.Ordinal);
        Assert.Contains("2 hours old", good, StringComparison.Ordinal);
        Assert.Contains("118 MB", good, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_says_where_the_key_is_that_no_backup_has()
    {
        var page = await (await Mira.BrowserAsync()).ReadAsync(Page);

        Assert.Contains("the setting <code class=\"anywhere\">API_KEY_ENCRYPTION_KEY</code>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(IdleRepublic.MasterKey, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_is_deleted_by_its_form_and_one_whose_file_is_gone_is_not_checked()
    {
        var browser = await Mira.BrowserAsync();
        var gone = await Node.PlantBackupAsync(TimeSpan.FromHours(1), hasFile: false);
        await Node.PlantBackupAsync(TimeSpan.FromHours(2));

        using var asked = await SubmitAsync(browser, "Check", new() { ["id"] = $"{gone.Id}" });
        using var deleted = await SubmitAsync(browser, "Delete", new() { ["id"] = $"{gone.Id}" });

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Redirect), (asked.StatusCode, deleted.StatusCode));
        Assert.DoesNotContain(await Node.BackupsAsync(), one => one.Id == gone.Id);
    }

    [Fact]
    public async Task Nobody_but_a_superuser_gets_at_backups()
    {
        var backup = await Node.PlantBackupAsync(TimeSpan.FromHours(1));
        var jonas = await Node.Jonas.BrowserAsync();
        (HttpMethod Method, string Path)[] doors =
        [
            (HttpMethod.Get, Address),
            (HttpMethod.Post, Address),
            (HttpMethod.Get, $"{Address}/{backup.Id}"),
            (HttpMethod.Get, $"{Address}/{backup.Id}/download"),
            (HttpMethod.Post, $"{Address}/{backup.Id}/check"),
            (HttpMethod.Delete, $"{Address}/{backup.Id}"),
        ];

        foreach (var (method, path) in doors)
        {
            await Node.Jonas.Api.ProblemAsync(403, method, path);
        }

        await Node.Jonas.Api.ProblemAsync(403, HttpMethod.Put, $"{Address}/schedule", new { day = "off" });
        foreach (var path in (string[])[Page, $"{Page}?handler=List", $"{Address}/{backup.Id}/download"])
        {
            using var answer = await jonas.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, answer.StatusCode));
        }

        Assert.True(Node.Backups().Has(Assert.Single(await Node.BackupsAsync()).FileName));
    }

    [Fact]
    public async Task Whatever_changes_or_takes_a_backup_along_wants_a_session()
    {
        var backup = await Node.PlantBackupAsync(TimeSpan.FromHours(1));
        var made = await Mira.Api.PostAsync("/api/account/tokens", new { name = "script" });
        using var http = new HttpClient { BaseAddress = Node.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", (string?)made["token"]);
        var script = new ApiClient(http);

        await script.GetAsync(Address);
        await script.ProblemAsync(403, HttpMethod.Get, $"{Address}/{backup.Id}/download");
        await script.ProblemAsync(403, HttpMethod.Delete, $"{Address}/{backup.Id}");
    }

    private static Task<HttpResponseMessage> SubmitAsync(Visitor browser, string handler, Dictionary<string, string>? fields = null) =>
        browser.SubmitAsync(Page, fields ?? [], $"handler={handler}");

    private static Dictionary<string, string> Fields(string day, string at, string zone, string keep) =>
        new()
        {
            ["Input.Day"] = day,
            ["Input.At"] = at,
            ["Input.TimeZone"] = zone,
            ["Input.Keep"] = keep,
        };
}
