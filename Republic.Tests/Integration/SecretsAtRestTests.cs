using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>What somebody finds who gets hold of the database alone.</summary>
public sealed class SecretsAtRestTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private const string Canary = "sk-canary-at-rest-7f3a9c";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_table_holds_a_provider_key_a_minions_key_or_a_token_in_clear()
    {
        var minion = await republic.Mira.NewMinionAsync(
            "keeper",
            vendor: null,
            new JsonObject { ["provider"] = "nvidia", ["api_key"] = Canary }
        );
        var token = (string)(await republic.Mira.Api.PostAsync("/api/account/tokens", new { name = "t" }))["token"]!;

        var dump = await republic.QueryAsync(DatabaseDump.OfAsync);

        // Bytes are dumped in hexadecimal: proof that the dump would show them.
        Assert.Contains("keeper", dump);
        foreach (var secret in new[] { Canary, minion.Key, token, republic.Mira.Password })
        {
            Assert.DoesNotContain(secret, dump);
            Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)), dump);
        }

        Assert.DoesNotContain(
            republic.Log,
            line => line.Contains(Canary, StringComparison.Ordinal) || line.Contains(minion.Key, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_does_not_open_for_an_address_that_somebody_wrote_beside_it(bool stored)
    {
        await using var own = new FakeVendor();
        await using var others = new FakeVendor();
        var person = await republic.NewPersonAsync($"Owner{stored}");
        var place = new JsonObject
        {
            ["provider"] = "custom",
            ["base_url"] = own.BaseUrl.AbsoluteUri,
            ["api_key"] = FakeVendor.Key,
        };
        if (stored)
        {
            await person.Api.PostAsync($"/api/users/{person.Id}/providers", place.DeepClone());
            place.Remove("base_url");
            place.Remove("api_key");
        }

        place["model_id"] = "vendor-model";
        var minion = await person.NewMinionAsync("bound", vendor: null, place);
        using var client = new OutsideClient(republic.Address, minion.Key);
        await client.AnswerAsync(OutsideClient.Hi);
        Assert.Contains(FakeVendor.Key, own.LastRequest.Authorization!, StringComparison.Ordinal);

        var address = others.BaseUrl.AbsoluteUri;
        await republic.QueryAsync(db =>
            stored
                ? db.Database.ExecuteSqlAsync($"update credentials set base_url = {address} where owner_id = {person.Id}", Ct)
                : db.Database.ExecuteSqlAsync($"update minions set base_url = {address} where owner_id = {person.Id}", Ct)
        );
        await republic.RestartAsync();
        using var answer = await client.ChatAsync(OutsideClient.Hi);

        Assert.False(answer.IsSuccessStatusCode);
        Assert.DoesNotContain(
            others.Requests,
            request => request.Authorization?.Contains(FakeVendor.Key, StringComparison.Ordinal) == true
        );
    }

    [Fact]
    public async Task Cookie_keys_lie_in_the_database_sealed_and_a_restarted_node_reads_its_cookies()
    {
        var browser = await republic.Jonas.BrowserAsync();

        var keys = await republic.QueryAsync(db => db.DataProtectionKeys.AsNoTracking().ToListAsync(Ct));
        await republic.RestartAsync();
        using var page = await browser.GetAsync("/models");

        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.Null(key.Xml));
        Assert.All(keys, key => Assert.DoesNotContain("masterKey", Encoding.Latin1.GetString(key.SealedXml!)));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }
}
