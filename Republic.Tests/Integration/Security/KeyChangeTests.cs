using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Security;

/// <summary>What people notice of a change of the master key, and of values that were moved: nothing, or a clear word.</summary>
public sealed class KeyChangeTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_key_is_changed_under_a_running_app_and_neither_keys_nor_cookies_are_lost()
    {
        var person = await republic.NewPersonAsync("Rotating");
        await using var vendor = new FakeVendor();
        var minion = await person.NewMinionAsync("before", vendor);
        var browser = await person.BrowserAsync();
        var old = await VersionAsync(minion.Id);

        var (exit, output, error) = await KeysAsync("rotate");

        Assert.True(exit == 0, output + error);
        Assert.Contains("seals from now on", output, StringComparison.Ordinal);
        var renewed = await VersionAsync(minion.Id);
        Assert.NotEqual(old, renewed);
        await AnswersAsync(minion, vendor);
        var later = await person.NewMinionAsync("after", vendor);
        Assert.Equal(renewed, await VersionAsync(later.Id));

        var (early, _, refused) = await KeysAsync("rotate", "--finish");
        Assert.Equal(1, early);
        Assert.Contains("less than a minute ago", refused, StringComparison.Ordinal);
        var keyFile = Path.Combine(republic.DataFolder, "keys", "master.key");
        File.SetLastWriteTimeUtc(keyFile, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-2));
        var (finished, done, _) = await KeysAsync("rotate", "--finish");
        Assert.Equal(0, finished);
        Assert.Contains($"Removed {old:x8}", done, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(keyFile)!, "*.key"));

        await republic.RestartAsync();
        await AnswersAsync(minion, vendor);
        using var page = await browser.GetAsync("/models");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Keys_swapped_between_two_minions_are_refused_and_sent_nowhere()
    {
        var person = await republic.NewPersonAsync("Swapping");
        await using var vendor = new FakeVendor();
        var (one, other) = (await person.NewMinionAsync("one", vendor), await person.NewMinionAsync("other", vendor));
        await SwapAsync(one, other);

        foreach (var minion in new[] { one, other })
        {
            using var outside = new OutsideClient(republic.Address, minion.Key);
            using var response = await outside.ChatAsync(OutsideClient.Hi);
            var said = await response.Content.ReadAsStringAsync(Ct);
            Assert.False(response.IsSuccessStatusCode, said);
            Assert.Contains("enter the key again", said, StringComparison.Ordinal);
            Assert.DoesNotContain(FakeVendor.Key, said, StringComparison.Ordinal);
        }

        Assert.Empty(vendor.Requests);
        await SwapAsync(one, other);
        await republic.RestartAsync();
        await AnswersAsync(one, vendor);
        await AnswersAsync(other, vendor);
    }

    [Fact]
    public async Task A_cookie_key_in_anothers_row_is_not_used_and_everybody_can_still_sign_in()
    {
        var person = await republic.NewPersonAsync("Baker");
        await (await person.BrowserAsync()).GetAsync("/models");
        await republic.QueryAsync(async db =>
        {
            var row = await db.DataProtectionKeys.AsNoTracking().FirstAsync(Ct);
            db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = "moved", SealedXml = row.SealedXml });
            return await db.SaveChangesAsync(Ct);
        });

        await republic.RestartAsync();

        using var page = await (await person.BrowserAsync()).GetAsync("/models");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains(republic.Log, line => line.Contains("The cookie key moved is not used", StringComparison.Ordinal));
        await republic.QueryAsync(db => db.DataProtectionKeys.Where(key => key.FriendlyName == "moved").ExecuteDeleteAsync(Ct));
    }

    [Fact]
    public async Task Cookie_keys_of_an_earlier_version_are_sealed_for_their_rows_and_their_cookies_go_on()
    {
        var person = await republic.NewPersonAsync("Elder");
        var browser = await person.BrowserAsync();
        var box = republic.Services.GetRequiredService<SecretBox>();
        var shared = new SecretPurpose("data_protection_keys", "xml", Guid.Empty);
        await republic.QueryAsync(async db =>
        {
            foreach (var row in await db.DataProtectionKeys.Where(key => key.SealedXml != null).ToListAsync(Ct))
            {
                var key = XElement.Parse(box.Open(row.SealedXml!, DataProtectionKey.SealedKeys.For(row.Id)));
                var secret = key.Descendants().Single(element => element.Name.LocalName == "encryptedSecret");
                var text = secret.Elements().Single().Elements().Single().ToString(SaveOptions.DisableFormatting);
                secret.SetAttributeValue("decryptorType", "Republic.Core.Security.SealedXmlDecryptor, Republic.Core");
                secret.ReplaceNodes(new XElement("sealed", Convert.ToBase64String(box.Seal(text, shared))));
                (row.Xml, row.SealedXml) = (key.ToString(), null);
            }

            return await db.SaveChangesAsync(Ct);
        });

        await republic.RestartAsync();
        using var page = await browser.GetAsync("/models");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var rows = await republic.QueryAsync(db => db.DataProtectionKeys.AsNoTracking().ToListAsync(Ct));
        Assert.All(rows, row => Assert.True(row is { Xml: null, SealedXml: not null }));
    }

    private Task<int> SwapAsync(TestMinion one, TestMinion other) =>
        republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                update minions m set sealed_api_key = o.sealed_api_key from minions o
                where (m.id = {one.Id} and o.id = {other.Id}) or (m.id = {other.Id} and o.id = {one.Id})
                """,
                Ct
            )
        );

    private async Task<uint> VersionAsync(Guid minion) =>
        SecretBox
            .KeyVersionOf(
                await republic.QueryAsync(db => db.Minions.Where(m => m.Id == minion).Select(m => m.SealedApiKey).SingleAsync(Ct))
            )!
            .Value;

    private async Task AnswersAsync(TestMinion minion, FakeVendor vendor)
    {
        using var outside = new OutsideClient(republic.Address, minion.Key);
        var answer = await outside.AnswerAsync(OutsideClient.Hi);
        Assert.Equal("Hello", answer["choices"]![0]!["message"]!["content"]!.GetValue<string>());
        Assert.Equal($"Bearer {FakeVendor.Key}", vendor.LastRequest.Authorization);
    }

    private Task<(int ExitCode, string Output, string Error)> KeysAsync(params string[] args) =>
        World.Cli.RunAsync(republic.DataFolder, "", ["keys", .. args, $"--ConnectionStrings:Db={republic.ConnectionString}"]);
}
