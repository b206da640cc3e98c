using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Audit;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Admin;

/// <summary>The audit log as superusers read it.</summary>
public sealed class AuditPageTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private AuditLog Log => republic.Services.GetRequiredService<AuditLog>();

    [Fact]
    public async Task It_is_filtered_by_who_what_and_when()
    {
        var person = await republic.NewPersonAsync("Theodora");
        await Log.WriteAsync(AuditActions.TokenMade, "for the filter", person.Id);
        await Log.WriteAsync(AuditActions.TokenMade, "of somebody else", republic.Ada.Id);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

        var both = await ReadAsync($"what={AuditActions.TokenMade}");
        Assert.Contains("for the filter", both, StringComparison.Ordinal);
        Assert.Contains("of somebody else", both, StringComparison.Ordinal);
        foreach (var who in (string[])["theodo", $"{person.Id}", person.Email.ToUpperInvariant()])
        {
            var hers = await ReadAsync($"who={who}&what={AuditActions.TokenMade}");
            Assert.Contains("for the filter", hers, StringComparison.Ordinal);
            Assert.Contains("Theodora", hers, StringComparison.Ordinal);
            Assert.DoesNotContain("of somebody else", hers, StringComparison.Ordinal);
        }

        Assert.Contains("for the filter", await ReadAsync($"from={today:yyyy-MM-dd}&to={today:yyyy-MM-dd}"), StringComparison.Ordinal);
        Assert.Contains("Nothing is found", await ReadAsync($"to={today.AddDays(-1):yyyy-MM-dd}"), StringComparison.Ordinal);
        Assert.Contains("Nothing is found", await ReadAsync($"from={today.AddDays(1):yyyy-MM-dd}"), StringComparison.Ordinal);
        Assert.Contains("Nothing is found", await ReadAsync("who=nobody-of-this-name"), StringComparison.Ordinal);
        Assert.Contains("for the filter", await ReadAsync("from=0001-01-01&to=9999-12-31"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_fit_on_a_page_is_one_link_further()
    {
        for (var i = 0; i < 51; i++)
        {
            await Log.WriteAsync("test.many", $"entry {i:00}.", republic.Jonas.Id);
        }

        var first = await ReadAsync("what=test.many&who=jonas");
        Assert.Contains("entry 50.", first, StringComparison.Ordinal);
        Assert.DoesNotContain("entry 00.", first, StringComparison.Ordinal);
        var number = (await Log.ListAsync(person: null, "test.many", before: null, 50, TestContext.Current.CancellationToken))[^1].Number;
        Assert.Contains($"before={number}", first, StringComparison.Ordinal);
        var second = await ReadAsync($"what=test.many&before={number}");
        Assert.Contains("entry 00.", second, StringComparison.Ordinal);
        Assert.DoesNotContain("entry 01.", second, StringComparison.Ordinal);
        Assert.DoesNotContain("Show older", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_gone_is_found_by_their_id()
    {
        var person = Guid.CreateVersion7();
        await Log.WriteAsync(AuditActions.SignedUp, person: person);
        var gone = await ReadAsync($"who={person}");
        Assert.Contains("somebody whose account is deleted", gone, StringComparison.Ordinal);
        Assert.Contains("Made this account", gone, StringComparison.Ordinal);

        await Log.WriteAsync("test.nobody", "unknown");
        Assert.Contains("nobody who was signed in", await ReadAsync("what=test.nobody"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chain_is_checked_on_demand()
    {
        Assert.Contains("as written", await ReadAsync("handler=Check"), StringComparison.Ordinal);
        Assert.DoesNotContain("as written", await ReadAsync(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_takes_a_time_too()
    {
        await Log.WriteAsync("test.timed", "now");
        var now = TimeProvider.System.GetUtcNow();
        Assert.Single(
            await EntriesAsync($"since={now.AddMinutes(-5):yyyy-MM-ddTHH:mm:ssZ}&until={now.AddMinutes(5):yyyy-MM-ddTHH:mm:ssZ}")
        );
        Assert.Empty(await EntriesAsync($"since={now.AddMinutes(5):yyyy-MM-ddTHH:mm:ssZ}"));
        Assert.Empty(await EntriesAsync($"until={now.AddMinutes(-5):yyyy-MM-ddTHH:mm:ssZ}"));
    }

    [Fact]
    public async Task The_api_is_paged_by_cursor_to_the_end()
    {
        var person = await republic.NewPersonAsync("Cursorine");
        for (var i = 0; i < 5; i++)
        {
            await Log.WriteAsync("test.paged", $"{i}", person.Id);
        }

        foreach (var (reader, path) in new[] { (republic.Mira, "/api/admin/audit?action=test.paged"), (person, "/api/account/activity?") })
        {
            List<string> seen = [];
            string? cursor = "";
            for (var pages = 0; cursor is not null && pages < 5; pages++)
            {
                var page = await reader.Api.GetAsync($"{path}&limit=2{cursor}");
                var entries = page["entries"]!.AsArray().Where(entry => (string)entry!["action"]! == "test.paged");
                seen.AddRange(entries.Select(entry => (string)entry!["subject"]!));
                cursor = (string?)page["next_cursor"] is { } next ? $"&cursor={next}" : null;
            }

            Assert.Equal(["4", "3", "2", "1", "0"], seen);
            await reader.Api.ProblemAsync(400, HttpMethod.Get, $"{path}&cursor=none");
        }
    }

    private async Task<System.Text.Json.Nodes.JsonArray> EntriesAsync(string more) =>
        (await republic.Mira.Api.GetAsync($"/api/admin/audit?action=test.timed&{more}"))["entries"]!.AsArray();

    private async Task<string> ReadAsync(string query) => await (await republic.Mira.BrowserAsync()).ReadAsync($"/admin/audit?{query}");
}
