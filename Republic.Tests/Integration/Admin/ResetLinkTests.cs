using System.Net;
using Microsoft.EntityFrameworkCore;
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
    public async Task Somebody_deactivated_meanwhile_reads_that_the_link_is_no_good()
    {
        var person = await republic.NewPersonAsync("Lost-and-gone");
        var link = await LinkAsync(person);
        await republic.Mira.Api.PostAsync($"/api/admin/people/{person.Id}/deactivate");

        Assert.Contains("no longer valid", await republic.NewVisitor().ReadAsync(link), StringComparison.Ordinal);
    }

    private async Task<string> LinkAsync(Inhabitant person)
    {
        var made = await republic.Mira.Api.PostAsync($"/api/admin/people/{person.Id}/reset-link");
        return new Uri(made["url"]!.GetValue<string>()).PathAndQuery;
    }

    private static Task<HttpResponseMessage> ChooseAsync(Visitor visitor, string link, string password) =>
        visitor.SubmitAsync(link, new Dictionary<string, string> { ["Input.NewPassword"] = password });
}
