using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Leaving;

/// <summary>People who delete their own accounts.</summary>
public sealed class AccountLeavingTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Me = "/api/account/me";
    private const string Page = "/account/delete";

    /// <summary>Wrong passwords in a row before one has to wait, where nothing else is set.</summary>
    private const int Tries = 5;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_the_password_an_account_is_gone_everywhere_at_once()
    {
        var person = await republic.NewPersonAsync("Leandra");
        var minion = await person.NewMinionAsync("helper");
        var token = (await person.Api.PostAsync("/api/account/tokens", new { name = "script" }))["token"]!.GetValue<string>();
        using var byToken = Bearer(token);
        using var byKey = Bearer(minion.Key);
        var browser = await person.BrowserAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(byToken, "/api/minions"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(byKey, "/v1/models"));

        using var gone = await person.Api.SendAsync(HttpMethod.Delete, Me, new { password = person.Password });

        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(byToken, "/api/minions"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(byKey, "/v1/models"));
        await person.Api.ProblemAsync(401, HttpMethod.Get, "/api/minions");
        using (var page = await browser.GetAsync("/models"))
        {
            Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        }

        var nobody = new ApiClient(new HttpClient { BaseAddress = republic.Address });
        var login = new { email = person.Email, password = person.Password };
        var refused = await nobody.ProblemAsync(401, HttpMethod.Post, "/api/account/login", login);
        Assert.Contains("is not right", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_log_says_that_it_was_done_and_not_what_they_were_called()
    {
        var person = await republic.NewPersonAsync("Leberecht");

        using var gone = await person.Api.SendAsync(HttpMethod.Delete, Me, new { password = person.Password });

        var entries = await republic.QueryAsync(db =>
            db.AuditEntries.Where(e => e.PersonId == person.Id)
                .OrderBy(e => e.Number)
                .Select(e => new { e.Action, e.Subject })
                .ToListAsync(Ct)
        );
        Assert.Equal(
            [("person.deactivate", null), ("account.delete", null)],
            entries.TakeLast(2).Select(entry => (entry.Action, entry.Subject))
        );
        Assert.False(await republic.QueryAsync(db => db.AuditEntries.AnyAsync(e => e.Subject!.Contains(person.Email), Ct)));
    }

    [Fact]
    public async Task A_wrong_password_deletes_nothing_and_after_too_many_even_the_right_one_has_to_wait()
    {
        var person = await republic.NewPersonAsync("Lorenz");
        for (var i = 0; i < Tries; i++)
        {
            object body = i == 0 ? new { } : new { password = $"wrong {i}" };
            var wrong = await person.Api.ProblemAsync(400, HttpMethod.Delete, Me, body);
            Assert.Contains("Nothing was deleted.", wrong["errors"]!["password"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        }

        using var right = await person.Api.SendAsync(HttpMethod.Delete, Me, new { password = person.Password });

        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.InRange(right.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 300);
        // They are the same tries as those for another password, and those of the sign-in are others.
        using var changed = await (await person.BrowserAsync()).SubmitAsync(
            "/account/password",
            new Dictionary<string, string>
            {
                ["Input.CurrentPassword"] = person.Password,
                ["Input.NewPassword"] = "four entirely other words",
            },
            "/account/password"
        );
        Assert.Equal(HttpStatusCode.TooManyRequests, changed.StatusCode);
        Assert.Equal(person.Id, (await person.Api.GetAsync(Me))["id"]!.GetValue<Guid>());
        Assert.Null(await republic.QueryAsync(db => db.Users.Where(p => p.Id == person.Id).Select(p => p.DeactivatedAt).SingleAsync(Ct)));
    }

    [Fact]
    public async Task An_access_token_deletes_no_account_though_it_has_the_password()
    {
        var person = await republic.NewPersonAsync("Lieselotte");
        var token = (await person.Api.PostAsync("/api/account/tokens", new { name = "script" }))["token"]!.GetValue<string>();
        using var http = Bearer(token);

        await new ApiClient(http).ProblemAsync(403, HttpMethod.Delete, Me, new { password = person.Password });

        Assert.NotNull(await person.Api.GetAsync(Me));
    }

    [Fact]
    public async Task The_page_says_before_what_goes_and_what_stays_and_takes_name_and_password()
    {
        var (person, other) = (await republic.NewPersonAsync("Livia"), await republic.NewPersonAsync("Lothar"));
        var lost = await SharedTask.MakeAsync(person);
        await lost.AcceptedByAsync(other);
        var theirs = await SharedTask.MakeAsync(other);
        await theirs.AcceptedByAsync(person);
        await person.Api.PostAsync($"{theirs.Path}/comments", new { content = "Of a guest" });
        await SharedTask.UploadAsync(person, theirs.Task, "notes.txt", "of a guest");
        var browser = await person.BrowserAsync();

        Assert.Contains($"href=\"{Page}\"", await browser.ReadAsync("/account/security"), StringComparison.Ordinal);
        var said = await browser.ReadAsync(Page);
        string[] lines =
        [
            "2 tasks",
            "1 of them is shared with 1 person, who loses it",
            "1 comment on a task of somebody else",
            "1 file in a task",
        ];
        Assert.All(lines, line => Assert.Contains(line, said, StringComparison.Ordinal));
        await RefusedAsync(browser, "Livius", person.Password, "Nothing was deleted");
        await RefusedAsync(browser, person.Name, "not my password", "This is not your current password");
        using var gone = await SubmitAsync(browser, person.Name, person.Password);

        Assert.Equal("/account/sign-in", gone.Headers.Location?.OriginalString);
        Assert.Contains("Your account is deleted.", await browser.ReadAsync("/account/sign-in"), StringComparison.Ordinal);
        await other.Api.ProblemAsync(404, HttpMethod.Get, lost.Path);
    }

    private static async Task RefusedAsync(Visitor browser, string name, string password, string why)
    {
        using var answer = await SubmitAsync(browser, name, password);
        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(why, page, StringComparison.Ordinal);
        Assert.DoesNotContain(password, page, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> SubmitAsync(Visitor browser, string name, string password) =>
        browser.SubmitAsync(Page, new Dictionary<string, string> { ["Input.Name"] = name, ["Input.Password"] = password }, Page);

    private HttpClient Bearer(string secret)
    {
        var http = new HttpClient { BaseAddress = republic.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return http;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path, Ct);
        return answer.StatusCode;
    }
}
