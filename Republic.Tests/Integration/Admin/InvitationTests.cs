using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts.Links;
using Republic.Core.Data;
using Republic.Tests.World;
using OpenInvitations = Republic.Core.Accounts.Links.Invitations;

namespace Republic.Tests.Integration.Admin;

/// <summary>Who may sign up, and with which links.</summary>
public sealed class InvitationTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private const string Invitations = "/api/admin/invitations";
    private const string SignUp = "/api/admin/settings/Accounts:SignUp";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_mode_is_changed_while_the_server_runs_and_said_on_the_page()
    {
        await SetAsync("Open");
        var visitor = republic.NewVisitor();
        Assert.Contains("Make my account", await visitor.ReadAsync("/account/sign-up"), StringComparison.Ordinal);

        await SetAsync("Closed");
        Assert.Contains("Sign-up is closed here", await visitor.ReadAsync("/account/sign-up"), StringComparison.Ordinal);
        await RegisterAsync(403, "closed", invitation: null);

        await SetAsync("Invitation");
        Assert.Contains("need an invitation", await visitor.ReadAsync("/account/sign-up"), StringComparison.Ordinal);
        Assert.DoesNotContain("/account/sign-up", await visitor.ReadAsync("/account/sign-in"), StringComparison.Ordinal);
        await RegisterAsync(403, "uninvited", invitation: null);
        await RegisterAsync(403, "forged", invitation: "AAAA");

        var back = await republic.Mira.Api.DeleteAsync(SignUp);
        Assert.Equal(("default", "Open"), (back["origin"]!.GetValue<string>(), back["value"]!.GetValue<string>()));
        await RegisterAsync(200, "open", invitation: null);
    }

    [Fact]
    public async Task An_invitation_makes_one_account_even_when_two_use_it_at_once()
    {
        await SetAsync("Invitation");
        var made = await republic.Mira.Api.PostAsync(Invitations, new { note = "Sam", days = 1 });
        var link = new Uri(made["url"]!.GetValue<string>());
        var token = link.Query.Split('=')[1];
        Assert.Contains("Make my account", await republic.NewVisitor().ReadAsync(link.PathAndQuery), StringComparison.Ordinal);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => SendAsync($"racer{i}", token)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(
            answers.Where(answer => !answer.IsSuccessStatusCode),
            answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode)
        );
        Assert.Contains("used already", await republic.NewVisitor().ReadAsync(link.PathAndQuery), StringComparison.Ordinal);
        var listed = (await ListAsync()).Single(one => one!["id"]!.GetValue<string>() == made["invitation"]!["id"]!.GetValue<string>())!;
        Assert.NotNull(listed["used_by"]);
        Assert.DoesNotContain(token, (await republic.Mira.Api.GetAsync(Invitations)).ToJsonString(), StringComparison.Ordinal);
        await republic.Mira.Api.ProblemAsync(409, HttpMethod.Delete, $"{Invitations}/{listed["id"]}");
    }

    [Fact]
    public async Task Neither_a_withdrawn_one_nor_one_whose_time_is_over_is_of_use()
    {
        await SetAsync("Invitation");
        var withdrawn = await republic.Mira.Api.PostAsync(Invitations, new { });
        await republic.Mira.Api.DeleteAsync($"{Invitations}/{withdrawn["invitation"]!["id"]}");
        var late = await republic.Mira.Api.PostAsync(Invitations, new { });
        var id = late["invitation"]!["id"]!.GetValue<Guid>();
        await republic.QueryAsync(db =>
            db.Invitations.Where(i => i.Id == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.ExpiresAt, DateTimeOffset.UnixEpoch), Ct)
        );

        await RegisterAsync(403, "withdrawn", Token(withdrawn));
        await RegisterAsync(403, "late", Token(late));
        await republic.Mira.Api.ProblemAsync(404, HttpMethod.Delete, $"{Invitations}/{Guid.CreateVersion7()}");
        var wrong = await republic.Mira.Api.ProblemAsync(400, HttpMethod.Post, Invitations, new { note = new string('x', 101), days = 91 });
        Assert.Equal(["days", "note"], wrong["errors"]!.AsObject().Select(error => error.Key).Order());
    }

    [Fact]
    public async Task One_of_somebody_who_is_no_superuser_any_more_is_of_no_use_however_that_ended()
    {
        await SetAsync("Invitation");
        var helper = await republic.NewPersonAsync("Former");
        await republic.Mira.Api.PutAsync($"/api/admin/people/{helper.Id}", new { role = "superuser" });
        var made = await helper.Api.PostAsync(Invitations, new { });
        Assert.Contains("Make my account", await republic.NewVisitor().ReadAsync(Link(made)), StringComparison.Ordinal);

        await republic.QueryAsync(db =>
            db.Users.Where(p => p.Id == helper.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.IsSuperuser, false), Ct)
        );

        Assert.DoesNotContain("Make my account", await republic.NewVisitor().ReadAsync(Link(made)), StringComparison.Ordinal);
        await RegisterAsync(403, "of-a-former", Token(made));
    }

    [Fact]
    public async Task An_address_that_has_an_account_leaves_the_invitation_open()
    {
        await SetAsync("Invitation");
        var made = await republic.Mira.Api.PostAsync(Invitations, new { note = "Twice" });

        using (var known = await SendAsync("ignored", Token(made), republic.Jonas.Email))
        {
            Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        }

        await RegisterAsync(200, "fresh", Token(made));
    }

    [Fact]
    public async Task A_link_is_shown_once_and_reading_its_page_again_makes_no_other()
    {
        const string Page = "/admin/invitations";
        var (browser, before) = (await republic.Mira.BrowserAsync(), (await ListAsync()).Count);
        Dictionary<string, string> form = new() { ["Input.Note"] = "Once", ["Input.Days"] = "7" };

        using var made = await browser.SubmitAsync(Page, form, $"{Page}?handler=Invite");

        Assert.Equal(Page, made.Headers.Location?.ToString());
        Assert.Contains("/account/sign-up?invitation=", await browser.ReadAsync(Page), StringComparison.Ordinal);
        Assert.DoesNotContain("/account/sign-up?invitation=", await browser.ReadAsync(Page), StringComparison.Ordinal);
        Assert.Equal(before + 1, (await ListAsync()).Count);
    }

    [Fact]
    public async Task Two_superusers_who_invite_side_by_side_do_not_pass_the_limit()
    {
        var other = await republic.NewPersonAsync("Second");
        await republic.Mira.Api.PutAsync($"/api/admin/people/{other.Id}", new { role = "superuser" });
        await PlantAsync(OpenInvitations.MaxOpen - 1);

        Task<HttpResponseMessage>[] answers;
        // Both have counted, or wait until they may, before either is written down.
        await using (var log = await HeldTurn.TakeAsync(republic, LockAuditLogAsync))
        {
            answers = [.. new[] { republic.Mira, other }.Select(one => one.Api.SendAsync(HttpMethod.Post, Invitations, new { }))];
            await log.WaitedForAsync(2, "advisory");
        }

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.Conflict],
            (await Task.WhenAll(answers)).Select(one => one.StatusCode).Order()
        );
        await PlantAsync(0);
    }

    /// <summary>Leaves as many open invitations as are named, whatever there was before.</summary>
    private Task<int> PlantAsync(int many) =>
        republic.QueryAsync(async db =>
        {
            await db.Invitations.ExecuteDeleteAsync(Ct);
            var now = TimeProvider.System.GetUtcNow();
            db.AddRange(
                Enumerable
                    .Range(0, many)
                    .Select(_ => new Invitation
                    {
                        Hash = RandomNumberGenerator.GetBytes(32),
                        CreatedAt = now,
                        ExpiresAt = now.AddDays(1),
                    })
            );
            return await db.SaveChangesAsync(Ct);
        });

    private static Task LockAuditLogAsync(RepublicDb db) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.AuditLog})", Ct);

    private async Task SetAsync(string mode) => await republic.Mira.Api.PutAsync(SignUp, new { value = mode });

    private static string Link(JsonNode made) => new Uri(made["url"]!.GetValue<string>()).PathAndQuery;

    private static string Token(JsonNode made) => new Uri(made["url"]!.GetValue<string>()).Query.Split('=')[1];

    private async Task<JsonArray> ListAsync() => (await republic.Mira.Api.GetAsync(Invitations))["invitations"]!.AsArray();

    private async Task RegisterAsync(int status, string name, string? invitation)
    {
        using var answer = await SendAsync(name, invitation);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    private Task<HttpResponseMessage> SendAsync(string name, string? invitation, string? email = null) =>
        new ApiClient(new HttpClient { BaseAddress = republic.Address }).SendAsync(
            HttpMethod.Post,
            "/api/account/register",
            new
            {
                email = email ?? $"{name}@guests.example",
                password = "three little words",
                username = name,
                invitation,
            }
        );
}
