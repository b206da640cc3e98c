using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Admin;

/// <summary>What superusers do with accounts, and what they cannot.</summary>
public sealed class PeopleTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private const string People = "/api/admin/people";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_is_listed_with_what_they_use_and_nothing_of_what_they_wrote()
    {
        var lena = await republic.NewPersonAsync("Lena");
        await lena.NewMinionAsync("secretive", more: new JsonObject { ["system_prompt"] = "the hidden words" });

        var all = await republic.Mira.Api.GetAsync($"{People}?limit=200");
        var found = (await republic.Mira.Api.GetAsync($"{People}?search=lena"))["people"]!.AsArray();

        Assert.DoesNotContain("hidden words", all.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["Lena"], found.Select(person => person!["username"]!.GetValue<string>()));
        Assert.Equal("member", found[0]!["role"]!.GetValue<string>());
        Assert.Contains(all["people"]!.AsArray(), person => person!["role"]!.GetValue<string>() == "superuser");
        var first = await republic.Mira.Api.GetAsync($"{People}?limit=1");
        var second = await republic.Mira.Api.GetAsync($"{People}?limit=1&cursor={first["next_cursor"]}");
        Assert.NotEqual(Id(first["people"]![0]!), Id(second["people"]![0]!));
    }

    [Fact]
    public async Task A_model_takes_of_the_disk_what_has_come_in_of_it_and_a_run_what_it_weighs()
    {
        var lena = await republic.NewPersonAsync("Loader");
        var model = await PlantedModels.PlantAsync(republic, lena, "large");
        await republic.QueryAsync(db =>
            db.PersonalModels.Where(m => m.Id == model).ExecuteUpdateAsync(set => set.SetProperty(m => m.Bytes, 5_000_000_000), Ct)
        );
        var folder = Directory.CreateDirectory(Path.Combine(republic.DataFolder, "model-downloads", model.ToString()));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "part-00001"), new byte[1000], Ct);
        var minion = await lena.NewMinionAsync("trained");
        var now = republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await republic.QueryAsync(db =>
        {
            db.TrainingJobs.Add(
                new TrainingJob
                {
                    OwnerId = lena.Id,
                    MinionId = minion.Id,
                    Name = "Spring",
                    Type = TrainingType.LoraOnly,
                    Method = TrainingMethod.Lora,
                    Provider = "local",
                    ModelName = "sprout",
                    Config = new TrainingConfig(),
                    DatasetIds = [],
                    Bytes = 7,
                    CreatedAt = now,
                    UpdatedAt = now,
                }
            );
            return db.SaveChangesAsync(Ct);
        });

        var found = await republic.Mira.Api.GetAsync($"{People}/{lena.Id}");

        Assert.Equal(1007, found["bytes"]!.GetValue<long>());
    }

    [Theory]
    [InlineData("GET", People)]
    [InlineData("GET", "/api/admin/invitations")]
    [InlineData("GET", "/api/admin/settings")]
    [InlineData("GET", "/api/admin/tool-commands")]
    [InlineData("POST", "/api/admin/tool-commands")]
    [InlineData("GET", "/api/admin/jobs")]
    [InlineData("GET", "/api/admin/nodes")]
    [InlineData("GET", "/api/admin/models")]
    [InlineData("GET", "/api/admin/doctor")]
    [InlineData("POST", "/api/admin/invitations")]
    [InlineData("PUT", "/api/admin/settings/Accounts:SignUp")]
    [InlineData("DELETE", "/api/admin/settings/Accounts:SignUp")]
    [InlineData("GET", "{mira}")]
    [InlineData("GET", "{mira}/belongings")]
    [InlineData("PUT", "{mira}")]
    [InlineData("POST", "{mira}/deactivate")]
    [InlineData("POST", "{mira}/reactivate")]
    [InlineData("POST", "{mira}/reset-link")]
    [InlineData("DELETE", "{mira}")]
    public async Task A_member_is_refused_at_each_address(string method, string path)
    {
        var address = path.Replace("{mira}", $"{People}/{republic.Mira.Id}", StringComparison.Ordinal);

        await republic.Jonas.Api.ProblemAsync(
            403,
            new HttpMethod(method),
            address,
            method == "GET" ? null : new { role = "superuser", value = "open" }
        );

        Assert.Equal("superuser", (await republic.Mira.Api.GetAsync($"{People}/{republic.Mira.Id}"))["role"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/admin")]
    [InlineData("/admin/invitations")]
    [InlineData("/admin/work")]
    [InlineData("/admin/settings")]
    [InlineData("/admin/doctor")]
    [InlineData("/admin/tool-commands")]
    [InlineData("/admin/people/{mira}")]
    [InlineData("/admin/people/{mira}/delete")]
    public async Task A_member_sees_no_page_of_the_administration_and_a_superuser_does(string path)
    {
        var address = path.Replace("{mira}", republic.Mira.Id.ToString(), StringComparison.Ordinal);

        using var refused = await (await republic.Jonas.BrowserAsync()).GetAsync(address);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("Administration", await (await republic.Mira.BrowserAsync()).ReadAsync(address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_deactivated_is_out_everywhere_at_once_and_back_with_all_they_own()
    {
        var otto = await republic.NewPersonAsync("Otto");
        var minion = await otto.NewMinionAsync("helper");
        var token = (await otto.Api.PostAsync("/api/account/tokens", new { name = "script" }))["token"]!.GetValue<string>();
        using var byToken = Bearer(token);
        using var byKey = Bearer(minion.Key);
        var browser = await otto.BrowserAsync();
        await browser.ReadAsync("/models");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(byToken, "/api/minions"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(byKey, "/v1/models"));

        var now = await republic.Mira.Api.PostAsync($"{People}/{otto.Id}/deactivate");

        Assert.NotNull(now["deactivated_at"]);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(byToken, "/api/minions"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(byKey, "/v1/models"));
        await otto.Api.ProblemAsync(401, HttpMethod.Get, "/api/minions");
        using (var page = await browser.GetAsync("/models"))
        {
            Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        }

        var login = new { email = otto.Email, password = otto.Password };
        var refused = await new ApiClient(new HttpClient { BaseAddress = republic.Address }).ProblemAsync(
            401,
            HttpMethod.Post,
            "/api/account/login",
            login
        );
        Assert.Contains("deactivated", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        await republic.Mira.Api.PostAsync($"{People}/{otto.Id}/reactivate");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(byToken, "/api/minions"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(byKey, "/v1/models"));
        await browser.SignInAsync(otto.Email, otto.Password);
        Assert.Contains("Helper", await browser.ReadAsync("/models"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_deactivates_or_deletes_themselves_and_the_last_superuser_stays_one()
    {
        var mira = republic.Mira;
        var self = $"{People}/{mira.Id}";
        foreach (var (method, path) in new[] { (HttpMethod.Post, $"{self}/deactivate"), (HttpMethod.Delete, self) })
        {
            var refused = await mira.Api.ProblemAsync(409, method, path);
            Assert.Contains("your own account", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        var last = await mira.Api.ProblemAsync(409, HttpMethod.Put, self, new { role = "member" });
        Assert.Contains("the only superuser", last["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await mira.Api.ProblemAsync(400, HttpMethod.Put, self, new { role = "king" });

        var paula = await republic.NewPersonAsync("Paula");
        await mira.Api.PutAsync($"{People}/{paula.Id}", new { role = "superuser" });
        Assert.NotNull(await paula.Api.GetAsync(People));
        // Each takes the other's role at the same moment: one of them stays.
        var both = await Task.WhenAll(
            mira.Api.SendAsync(HttpMethod.Put, $"{People}/{paula.Id}", new { role = "member" }),
            paula.Api.SendAsync(HttpMethod.Put, self, new { role = "member" })
        );
        Assert.InRange(both.Count(answer => answer.IsSuccessStatusCode), 1, 1);
        var left = await republic.QueryAsync(db => db.Users.Where(p => p.IsSuperuser).Select(p => p.Id).ToListAsync(Ct));
        var keeper = Assert.Single(left) == mira.Id ? mira : paula;
        await keeper.Api.PutAsync(self, new { role = "superuser" });
        await mira.Api.PutAsync($"{People}/{paula.Id}", new { role = "member" });
    }

    [Fact]
    public async Task What_goes_with_an_account_is_shown_first_and_then_gone()
    {
        var rosa = await republic.NewPersonAsync("Rosa");
        var minion = await rosa.NewMinionAsync("pet");
        await rosa.Api.PostAsync("/api/conversations", new { participants = new[] { minion.Id }, title = "hers" });
        await rosa.Api.PostAsync("/api/tasks", new { title = "a task of hers" });
        var address = $"{People}/{rosa.Id}";

        var goes = await republic.Mira.Api.GetAsync($"{address}/belongings");
        Assert.Equal((1, 1, 1), (goes["minions"]!.GetValue<int>(), goes["chats"]!.GetValue<int>(), goes["tasks"]!.GetValue<int>()));
        var page = await republic.Mira.BrowserAsync();
        Assert.Contains("1 minion", await page.ReadAsync($"/admin/people/{rosa.Id}/delete"), StringComparison.Ordinal);
        using (
            var slip = await page.SubmitAsync(
                $"/admin/people/{rosa.Id}/delete",
                new Dictionary<string, string> { ["Name"] = "Rose" },
                "delete"
            )
        )
        {
            Assert.Equal(HttpStatusCode.BadRequest, slip.StatusCode);
        }

        await republic.Mira.Api.GetAsync(address);
        using (
            var gone = await page.SubmitAsync(
                $"/admin/people/{rosa.Id}/delete",
                new Dictionary<string, string> { ["Name"] = "Rosa" },
                "delete"
            )
        )
        {
            Assert.Equal("/admin", gone.Headers.Location?.OriginalString);
        }

        await republic.Mira.Api.ProblemAsync(404, HttpMethod.Get, address);
        await rosa.Api.ProblemAsync(401, HttpMethod.Get, "/api/minions");
        Assert.False(await republic.QueryAsync(db => db.Citizens.AnyAsync(c => c.Id == rosa.Id || c.Id == minion.Id, Ct)));
        Assert.False(await republic.QueryAsync(db => db.Tasks.AnyAsync(t => t.OwnerId == rosa.Id, Ct)));
        var audit = (await republic.Mira.Api.GetAsync("/api/admin/audit?action=person.delete"))["entries"]!.AsArray();
        Assert.Contains(audit, entry => entry!["subject"]!.GetValue<string>().StartsWith("Rosa", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deleted_by_two_at_once_an_account_is_deleted_once()
    {
        var twice = await republic.NewPersonAsync("Twice");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => republic.Mira.Api.SendAsync(HttpMethod.Delete, $"{People}/{twice.Id}"))
        );

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        Assert.All(
            answers.Where(answer => answer.StatusCode != HttpStatusCode.NoContent),
            answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode)
        );
        var audit = (await republic.Mira.Api.GetAsync("/api/admin/audit?action=person.delete"))["entries"]!.AsArray();
        Assert.Single(audit, entry => entry!["subject"]!.GetValue<string>().StartsWith("Twice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_role_that_is_none_changes_nothing()
    {
        var paul = await republic.NewPersonAsync("Paul");
        var browser = await republic.Mira.BrowserAsync();

        using var refused = await browser.SubmitAsync(
            $"/admin/people/{paul.Id}",
            new Dictionary<string, string> { ["superuser"] = "zz" },
            "handler=Role"
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("member", (await republic.Mira.Api.GetAsync($"{People}/{paul.Id}"))["role"]!.GetValue<string>());
    }

    private HttpClient Bearer(string secret)
    {
        var http = new HttpClient { BaseAddress = republic.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        return http;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path, Ct);
        return answer.StatusCode;
    }

    private static Guid Id(JsonNode person) => person["id"]!.GetValue<Guid>();
}
