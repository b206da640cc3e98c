using System.Net;
using Microsoft.Extensions.Options;
using Republic.Core.Tools;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Admin;

/// <summary>Settings that are changed while the server runs.</summary>
public sealed class SettingTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private const string Quota = "Tasks:QuotaBytes";
    private const string Search = "Tools:SearchUrl";

    [Fact]
    public async Task A_limit_that_is_changed_holds_at_once_and_says_who_set_it()
    {
        var before = await FindAsync(Quota);
        Assert.Equal("default", before["origin"]!.GetValue<string>());

        var set = await republic.Mira.Api.PutAsync($"/api/admin/settings/{Quota}", new { value = "3 MB" });

        Assert.Equal(("page", "3145728", "Mira"), (Text(set, "origin"), Text(set, "value"), Text(set, "changed_by")));
        Assert.Equal(3 << 20, republic.Limit());
        var page = await (await republic.Mira.BrowserAsync()).ReadAsync("/admin/settings");
        var warned = Warned(page);
        Assert.Contains("3 MB", page, StringComparison.Ordinal);
        await republic.Mira.Api.PutAsync($"/api/admin/settings/{Quota}", new { value = "900 TB" });
        Assert.Equal(warned + 1, Warned(await (await republic.Mira.BrowserAsync()).ReadAsync("/admin/settings")));
        await republic.Mira.Api.DeleteAsync($"/api/admin/settings/{Quota}");
        Assert.Equal("default", Text(await FindAsync(Quota), "origin"));
        Assert.NotEqual(3 << 20, republic.Limit());
    }

    [Fact]
    public async Task One_form_saves_all_that_changed_and_gives_back_what_it_refused_as_it_was_typed()
    {
        var browser = await republic.Mira.BrowserAsync();

        using var answer = await browser.SubmitAsync(
            "/admin/settings",
            new Dictionary<string, string> { [$"Values[{Quota}]"] = "5 MB", ["Values[Knowledge:QuotaBytes]"] = "plenty" },
            "/admin/settings"
        );

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(5 << 20, republic.Limit());
        Assert.Contains("takes a size from", page, StringComparison.Ordinal);
        Assert.Contains("value=\"plenty\"", page, StringComparison.Ordinal);
        Assert.Equal("default", Text(await FindAsync("Knowledge:QuotaBytes"), "origin"));
        await republic.Mira.Api.DeleteAsync($"/api/admin/settings/{Quota}");
    }

    [Theory]
    [InlineData(Quota, "much")]
    [InlineData(Quota, "-1")]
    [InlineData(Quota, "1 kB")]
    [InlineData(Quota, "99999999999999999999 TB")]
    [InlineData("Accounts:SignUp", "7")]
    [InlineData("Accounts:SignUp", "")]
    [InlineData(Search, "search.example.org")]
    [InlineData(Search, "ftp://search.example.org")]
    [InlineData(Search, "https://me:secret@search.example.org")]
    [InlineData(Search, "https://search.example.org/?q=1")]
    public async Task What_is_no_value_of_it_is_refused_with_what_is(string key, string value)
    {
        var refused = await republic.Mira.Api.ProblemAsync(400, HttpMethod.Put, $"/api/admin/settings/{key}", new { value });

        Assert.NotNull(refused["errors"]!["value"]);
        Assert.Equal("default", Text(await FindAsync(key), "origin"));
    }

    [Fact]
    public async Task The_search_for_minions_is_an_address_or_none()
    {
        var options = (IOptionsMonitor<ToolOptions>)republic.Services.GetService(typeof(IOptionsMonitor<ToolOptions>))!;

        await republic.Mira.Api.PutAsync($"/api/admin/settings/{Search}", new { value = " https://search.example.org/searx " });
        Assert.Equal("https://search.example.org/searx", options.CurrentValue.SearchUrl);
        Assert.Contains(
            "value=\"https://search.example.org/searx\"",
            await (await republic.Mira.BrowserAsync()).ReadAsync("/admin/settings"),
            StringComparison.Ordinal
        );
        await republic.Mira.Api.PutAsync($"/api/admin/settings/{Search}", new { value = "" });
        Assert.Equal("", options.CurrentValue.SearchUrl);
        await republic.Mira.Api.DeleteAsync($"/api/admin/settings/{Search}");
    }

    [Fact]
    public async Task Only_what_is_listed_can_be_changed()
    {
        await republic.Mira.Api.ProblemAsync(
            404,
            HttpMethod.Put,
            "/api/admin/settings/ConnectionStrings:Db",
            new { value = "Host=elsewhere" }
        );
    }

    /// <summary>How often the page says of a limit that the disk has less.</summary>
    private static int Warned(string page) => page.Split("The disk has").Length - 1;

    private async Task<System.Text.Json.Nodes.JsonNode> FindAsync(string key) =>
        (await republic.Mira.Api.GetAsync("/api/admin/settings"))["settings"]!
            .AsArray()
            .Single(one => one!["key"]!.GetValue<string>() == key)!;

    private static string? Text(System.Text.Json.Nodes.JsonNode setting, string field) => setting[field]?.GetValue<string>();
}

internal static class SettingLimits
{
    public static long Limit(this IRepublic republic) =>
        ((Core.Tasks.Attachments.TaskAttachmentQuota)republic.Services.GetService(typeof(Core.Tasks.Attachments.TaskAttachmentQuota))!)
            .Limits
            .Quota;
}
