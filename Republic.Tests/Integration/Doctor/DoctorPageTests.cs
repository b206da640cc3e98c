using System.Net;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Doctor;

/// <summary>What superusers are told of the installation, by the page and by the API. Others are at work in it, so only the shape is certain.</summary>
public sealed class DoctorPageTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Api = "/api/admin/doctor";
    private const string Page = "/admin/doctor";

    [Fact]
    public async Task The_api_gives_each_finding_with_its_level_and_what_to_do()
    {
        var report = await republic.Mira.Api.GetAsync(Api);

        Assert.Equal(["checked_at", "version", "findings"], report.AsObject().Select(property => property.Key));
        var findings = report["findings"]!.AsArray();
        Assert.All(
            findings,
            finding =>
            {
                Assert.Equal(["check", "level", "summary", "advice"], finding!.AsObject().Select(property => property.Key));
                var level = finding["level"]!.GetValue<string>();
                Assert.Contains(level, (string[])["good", "warning", "trouble"]);
                Assert.NotEmpty(finding["summary"]!.GetValue<string>());
                Assert.Equal(level == "good", finding["advice"] is null);
            }
        );
        Assert.Superset(
            new HashSet<string>(["database", "disk", "key", "backup", "model_host", "clocks", "ports", "poppler", "versions"]),
            findings.Select(finding => finding!["check"]!.GetValue<string>()).ToHashSet()
        );
    }

    [Fact]
    public async Task The_page_folds_what_is_good_and_examines_anew_without_a_script()
    {
        var page = await (await republic.Mira.BrowserAsync()).ReadAsync(Page);

        Assert.Contains("<form method=\"get\" action=\"/admin/doctor\">", page, StringComparison.Ordinal);
        Assert.Contains("Look again", page, StringComparison.Ordinal);
        Assert.Contains("What is good (", page, StringComparison.Ordinal);
        Assert.Contains("The key lies in the data folder", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/help/doctor\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_gets_neither()
    {
        using var page = await (await republic.Jonas.BrowserAsync()).GetAsync(Page);

        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        await republic.Jonas.Api.ProblemAsync(403, HttpMethod.Get, Api);
    }
}
