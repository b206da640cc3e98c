using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Datasets;

/// <summary>What forms send that a person did not type, and what they typed that forms find hard to carry.</summary>
public sealed class FormTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_with_a_nul_is_refused_in_words(bool isHtmx)
    {
        var browser = await republic.Jonas.BrowserAsync();
        var token = Html.Token(await browser.ReadAsync("/datasets/new"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/datasets/new?handler=Paste");
        request.Content = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["Paste.Text"] = "a\0b" }
        );
        request.Headers.Add("Origin", republic.Address.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("HX-Request", isHtmx ? "true" : "false");

        using var response = await browser.Http.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("U&#x2B;0000", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_megabytes_can_be_pasted_though_the_form_that_carries_them_is_far_larger()
    {
        var browser = await republic.Jonas.BrowserAsync();
        var rows = string.Concat(
            Enumerable
                .Range(0, 12_000)
                .Select(i => $$"""{"prompt": "Что значит номер {{i}}?", "completion": "Номер {{i}} значит {{i * 7}} раз."}""" + "\r\n")
        );

        using var response = await PasteAsync(browser, rows);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    [Fact]
    public async Task What_is_too_long_to_paste_is_said_beside_the_field_and_kept()
    {
        var browser = await republic.Ada.BrowserAsync();

        using var response = await PasteAsync(browser, "the beginning " + new string('x', 3 * 1024 * 1024));

        var page = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("This is 3 MB; at most 2 MB can be pasted.", page, StringComparison.Ordinal);
        Assert.Contains("the beginning xxx", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_is_sent_back_as_the_form_showed_it_is_not_a_change_and_a_turn_that_was_not_touched_stays_as_it_is()
    {
        var browser = await republic.Mira.BrowserAsync();
        const string question = "What\rcomes\fafter\u0085this\u2028line\u2029of\r\ntext?";
        var row = JsonSerializer.Serialize(new { prompt = question, completion = "Another line,\rI should think." });
        var made = await DatasetWorld.MakeAsync(republic.Mira, Encoding.UTF8.GetBytes(row));
        var id = made["id"]!.GetValue<string>();
        var shown = new Dictionary<string, string>
        {
            ["messages[0].Content"] = "What\r\ncomes\fafter\u0085this\u2028line\u2029of\r\ntext?",
            ["messages[1].Content"] = "Another line,\r\nI should think.",
        };
        Assert.Contains("after\u0085this", await browser.ReadAsync($"/datasets/{id}/rows"), StringComparison.Ordinal);

        using var same = await browser.SubmitAsync($"/datasets/{id}/rows", shown, "handler=Edit");

        Assert.Equal(HttpStatusCode.Redirect, same.StatusCode);
        Assert.Equal(0, await republic.QueryAsync(db => db.DatasetChanges.CountAsync(c => c.DatasetId == Guid.Parse(id), Ct)));

        shown["messages[1].Content"] = "One more.";
        using var changed = await browser.SubmitAsync($"/datasets/{id}/rows", shown, "handler=Edit");

        var change = await republic.QueryAsync(db => db.DatasetChanges.SingleAsync(c => c.DatasetId == Guid.Parse(id), Ct));
        Assert.Equal(question, change.Messages![0].Content);
        Assert.Equal("One more.", change.Messages[1].Content);
    }

    [Fact]
    public async Task An_address_beyond_the_end_says_so_and_leads_back()
    {
        var id = (await DatasetWorld.MakeAsync(republic.Ada, Encoding.UTF8.GetBytes(SampleRows.Mixed())))["id"]!;
        var browser = await republic.Ada.BrowserAsync();

        var rows = await browser.ReadAsync($"/datasets/{id}/rows?from=60000");
        var groups = await browser.ReadAsync($"/datasets/{id}/duplicates?from=50");
        var single = await browser.ReadAsync($"/datasets/{id}/duplicates?of=3");

        Assert.Contains("No more rows", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("can be used", rows, StringComparison.Ordinal);
        Assert.Contains("No more groups", groups, StringComparison.Ordinal);
        Assert.Contains("No row repeats this one", single, StringComparison.Ordinal);
        Assert.DoesNotContain("0 repeats", single, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Input.MaxTextLength", "5", "“Longest row” is 5; from “Shortest row” to")]
    [InlineData("Input.MinTextLength", "many", "not valid for Shortest row")]
    public async Task Thresholds_that_cannot_be_are_named_as_the_form_names_them(string field, string value, string said)
    {
        var id = (await DatasetWorld.MakeAsync(republic.Ada, DatasetWorld.Pairs(3, field)))["id"]!;
        var browser = await republic.Ada.BrowserAsync();
        var fields = new Dictionary<string, string>
        {
            ["Input.MinTextLength"] = "10",
            ["Input.MaxTextLength"] = "10000",
            ["Input.NearDuplicateThreshold"] = "0.7",
            ["Input.MinQuality"] = "0",
            ["Input.ValidationShare"] = "0.1",
            ["Input.Seed"] = "1",
            [field] = value,
        };

        using var response = await browser.SubmitAsync($"/datasets/{id}/thresholds", fields, "handler=Effect");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(said, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Ct)), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> PasteAsync(Visitor browser, string text) =>
        browser.SubmitAsync("/datasets/new", new Dictionary<string, string> { ["Paste.Text"] = text }, "handler=Paste");
}
