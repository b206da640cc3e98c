using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Accounts.Links;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Admin;

/// <summary>A new password without the old one, by a link that a superuser made.</summary>
public sealed class ResetLinkTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Chosen = "four quite new words";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_works_once_ends_all_sessions_and_tokens_and_its_person_is_told_who_made_it()
    {
        var lost = await republic.NewPersonAsync("Lost");
        var token = (await lost.Api.PostAsync("/api/account/tokens", new { name = "script" }))["token"]!.GetValue<string>();
        var link = await LinkAsync(lost);
        var visitor = republic.NewVisitor();
        using (var weak = await ChooseAsync(visitor, link, "short"))
        {
            Assert.Equal(HttpStatusCode.BadRequest, weak.StatusCode);
        }

        using (var chosen = await ChooseAsync(visitor, link, Chosen))
        {
            Assert.Equal("/account/sign-in", chosen.Headers.Location?.OriginalString);
        }

        await lost.Api.ProblemAsync(401, HttpMethod.Get, "/api/minions");
        using var byToken = new HttpClient { BaseAddress = republic.Address };
        byToken.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using (var refused = await byToken.GetAsync("/api/minions", Ct))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        Assert.Contains("no longer valid", await republic.NewVisitor().ReadAsync(link), StringComparison.Ordinal);
        var back = republic.NewVisitor();
        await back.SignInAsync(lost.Email, Chosen);
        Assert.Contains("Mira made a link on", await back.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Contains("Chose a new password by a link", await back.ReadAsync("/account/security"), StringComparison.Ordinal);
        var later = republic.NewVisitor();
        await later.SignInAsync(lost.Email, Chosen);
        Assert.DoesNotContain("made a link on", await later.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Contains("Mira made a link on", await later.ReadAsync("/account/security"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_link_and_a_late_one_are_no_good_and_an_unused_one_is_told_of_too()
    {
        var person = await republic.NewPersonAsync("Twice-lost");
        var (first, second) = (await LinkAsync(person), await LinkAsync(person));
        Assert.Contains("no longer valid", await republic.NewVisitor().ReadAsync(first), StringComparison.Ordinal);
        await republic.QueryAsync(db =>
            db.PasswordResets.Where(r => r.PersonId == person.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.ExpiresAt, DateTimeOffset.UnixEpoch), Ct)
        );
        Assert.Contains("no longer valid", await republic.NewVisitor().ReadAsync(second), StringComparison.Ordinal);

        var browser = republic.NewVisitor();
        await browser.SignInAsync(person.Email, person.Password);
        Assert.Contains("It was not used.", await browser.ReadAsync("/account"), StringComparison.Ordinal);
        await republic.Mira.Api.ProblemAsync(404, HttpMethod.Post, $"/api/admin/people/{Guid.CreateVersion7()}/reset-link");
    }

    [Fact]
    public async Task A_password_that_is_changed_ends_the_link_and_its_person_still_reads_of_it()
    {
        var person = await republic.NewPersonAsync("Remembers");
        var link = await LinkAsync(person);
        var browser = await person.BrowserAsync();
        using var changed = await browser.SubmitAsync(
            "/account/password",
            new Dictionary<string, string> { ["Input.CurrentPassword"] = person.Password, ["Input.NewPassword"] = Chosen },
            "/account/password"
        );

        Assert.Contains("no longer valid", await republic.NewVisitor().ReadAsync(link), StringComparison.Ordinal);
        Assert.Contains("It was not used.", await browser.ReadAsync("/account/security"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_links_that_are_made_at_once_one_is_good_and_none_of_somebody_who_is_no_superuser_any_more()
    {
        var (person, helper) = (await republic.NewPersonAsync("Thrice-lost"), await republic.NewPersonAsync("Helper"));
        var links = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LinkAsync(person)));
        var pages = await Task.WhenAll(links.Select(link => republic.NewVisitor().ReadAsync(link)));
        Assert.Single(pages, page => !page.Contains("no longer valid", StringComparison.Ordinal));

        var role = $"/api/admin/people/{helper.Id}";
        await republic.Mira.Api.PutAsync(role, new { role = "superuser" });
        var made = await helper.Api.PostAsync($"/api/admin/people/{person.Id}/reset-link");
        await helper.Api.PostAsync("/api/admin/invitations", new { note = "of a helper" });
        await republic.Mira.Api.PutAsync(role, new { role = "member" });

        var link = new Uri(made["url"]!.GetValue<string>()).PathAndQuery;
        Assert.Contains("no longer valid", await republic.NewVisitor().ReadAsync(link), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "of a helper",
            (await republic.Mira.Api.GetAsync("/api/admin/invitations")).ToJsonString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_link_is_good_only_while_its_maker_is_a_superuser_however_that_ended()
    {
        var (person, helper) = (await republic.NewPersonAsync("Lost-to-a-helper"), await HelperAsync("Former-helper"));
        var made = await helper.Api.PostAsync($"/api/admin/people/{person.Id}/reset-link");
        var link = new Uri(made["url"]!.GetValue<string>()).PathAndQuery;
        Assert.DoesNotContain("no longer valid", await republic.NewVisitor().ReadAsync(link), StringComparison.Ordinal);

        await republic.QueryAsync(db =>
            db.Users.Where(p => p.Id == helper.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.IsSuperuser, false), Ct)
        );

        Assert.Contains("no longer valid", await republic.NewVisitor().ReadAsync(link), StringComparison.Ordinal);
        await using var scope = republic.Services.CreateAsyncScope();
        var used = await scope.ServiceProvider.GetRequiredService<PasswordResets>().UseAsync(link.Split('=')[1], Chosen, Ct);
        Assert.False(used.Ok);
    }

    [Fact]
    public async Task A_link_that_is_asked_for_while_the_role_is_taken_away_is_not_made()
    {
        var (person, helper) = (await republic.NewPersonAsync("Lost-in-a-queue"), await HelperAsync("Queued-helper"));
        Task refused;
        await using (
            var turn = await HeldTurn.TakeAsync(
                republic,
                db => db.Database.ExecuteSqlAsync($"select 1 from people where id = {person.Id} for update", Ct)
            )
        )
        {
            refused = helper.Api.ProblemAsync(403, HttpMethod.Post, $"/api/admin/people/{person.Id}/reset-link");
            await turn.WaitedForAsync(1);
            await republic.Mira.Api.PutAsync($"/api/admin/people/{helper.Id}", new { role = "member" });
        }

        await refused;
        Assert.False(await republic.QueryAsync(db => db.PasswordResets.AnyAsync(r => r.PersonId == person.Id, Ct)));
    }

    [Fact]
    public async Task Who_is_being_made_a_member_cannot_make_themselves_a_superuser_again()
    {
        var helper = await HelperAsync("Holds-on");
        var account = $"/api/admin/people/{helper.Id}";
        Task refused;
        Task<JsonNode> demoted;
        await using (
            var turn = await HeldTurn.TakeAsync(
                republic,
                db => db.Database.ExecuteSqlAsync($"select 1 from people where id = {helper.Id} for update", Ct)
            )
        )
        {
            demoted = republic.Mira.Api.PutAsync(account, new { role = "member" });
            await turn.WaitedForAsync(1);
            refused = helper.Api.ProblemAsync(403, HttpMethod.Put, account, new { role = "superuser" });
            await turn.WaitedForAsync(2);
        }

        Assert.Equal("member", (await demoted)["role"]!.GetValue<string>());
        await refused;
    }

    [Fact]
    public async Task Somebody_deactivated_meanwhile_reads_that_the_link_is_no_good_and_so_it_stays()
    {
        var person = await republic.NewPersonAsync("Lost-and-gone");
        var link = await LinkAsync(person);
        await republic.Mira.Api.PostAsync($"/api/admin/people/{person.Id}/deactivate");
        Assert.Contains("no longer valid", await republic.NewVisitor().ReadAsync(link), StringComparison.Ordinal);
        await republic.Mira.Api.PostAsync($"/api/admin/people/{person.Id}/reactivate");

        Assert.Contains("no longer valid", await republic.NewVisitor().ReadAsync(link), StringComparison.Ordinal);
        var back = republic.NewVisitor();
        await back.SignInAsync(person.Email, person.Password);
        Assert.Contains("It was not used.", await back.ReadAsync("/account/security"), StringComparison.Ordinal);
    }

    private async Task<Inhabitant> HelperAsync(string name)
    {
        var helper = await republic.NewPersonAsync(name);
        await republic.Mira.Api.PutAsync($"/api/admin/people/{helper.Id}", new { role = "superuser" });
        return helper;
    }

    private async Task<string> LinkAsync(Inhabitant person)
    {
        var made = await republic.Mira.Api.PostAsync($"/api/admin/people/{person.Id}/reset-link");
        return new Uri(made["url"]!.GetValue<string>()).PathAndQuery;
    }

    private static Task<HttpResponseMessage> ChooseAsync(Visitor visitor, string link, string password) =>
        visitor.SubmitAsync(link, new Dictionary<string, string> { ["Input.NewPassword"] = password });
}
