using System.Net;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Accounts;

public sealed class SessionTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_password_keeps_the_address_that_was_typed_and_not_the_password()
    {
        using var response = await republic.NewVisitor().SubmitAsync("/account/sign-in", SignIn("typed@republic.example", "a wrong guess"));
        var page = await response.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("typed@republic.example", page, StringComparison.Ordinal);
        Assert.Contains("is not right", page, StringComparison.Ordinal);
        Assert.DoesNotContain("a wrong guess", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account/tokens", "/account/tokens")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/knowledge/search?q=Äpfel", "/knowledge/search?q=%C3%84pfel")]
    [InlineData("/models?q=a%20b", "/models?q=a%20b")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("\t//evil.example", "/")]
    [InlineData("http:evil.example", "/")]
    public async Task After_sign_in_one_is_led_only_to_a_place_of_our_own(string returnUrl, string expected)
    {
        using var response = await republic
            .NewVisitor()
            .SubmitAsync(
                $"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}",
                SignIn(republic.Jonas.Email, republic.Jonas.Password)
            );
        Assert.Equal(expected, response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_page_that_needs_an_account_comes_back_after_sign_in()
    {
        var visitor = republic.NewVisitor();
        using var away = await visitor.GetAsync("/account/tokens?x=1");
        Assert.Equal(
            "/account/sign-in?returnUrl=%2Faccount%2Ftokens%3Fx%3D1",
            new Uri(republic.Address, away.Headers.Location!).PathAndQuery
        );
    }

    [Fact]
    public async Task A_cookie_from_before_is_worth_nothing_after_signing_out()
    {
        var browser = republic.NewVisitor();
        await browser.SignInAsync(republic.Jonas.Email, republic.Jonas.Password);
        var stolen = browser.Cookies.GetCookies(republic.Address)["session"]!.Value;

        using var left = await browser.SubmitAsync("/account", new Dictionary<string, string>(), "sign-out");

        Assert.Equal("/account/sign-in", left.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, await StatusWithAsync(stolen));
    }

    [Fact]
    public async Task Each_sign_in_is_a_new_session_and_ends_the_one_it_was_done_over()
    {
        var browser = republic.NewVisitor();
        await browser.SignInAsync(republic.Jonas.Email, republic.Jonas.Password);
        var first = browser.Cookies.GetCookies(republic.Address)["session"]!.Value;
        var page = await browser.ReadAsync("/account");
        using var again = await browser.Http.PostAsync(
            "/account/sign-in",
            new FormUrlEncodedContent([
                .. SignIn(republic.Jonas.Email, republic.Jonas.Password),
                new("__RequestVerificationToken", Html.Token(page)),
            ]),
            Ct
        );

        var second = browser.Cookies.GetCookies(republic.Address)["session"]!.Value;
        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.Redirect, await StatusWithAsync(first));
        Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(second));
    }

    [Fact]
    public async Task A_new_password_ends_every_other_session_and_bearer_token()
    {
        var person = await republic.NewPersonAsync("Petra");
        var here = await person.BrowserAsync();
        var elsewhere = republic.NewVisitor();
        await elsewhere.SignInAsync(person.Email, person.Password);
        await person.Api.GetAsync("/api/account/me");

        using var changed = await here.SubmitAsync(
            "/account/password",
            Change(person.Password, "four entirely other words"),
            "/account/password"
        );

        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Contains("Your password is changed.", await here.ReadAsync("/account/password"), StringComparison.Ordinal);
        using var out1 = await elsewhere.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, out1.StatusCode);
        await person.Api.ProblemAsync(401, HttpMethod.Get, "/api/account/me");
        await republic.NewVisitor().SignInAsync(person.Email, "four entirely other words");
    }

    [Theory]
    [InlineData("not my password", "four entirely other words", "This is not your current password")]
    [InlineData(null, "short", "This has 5 characters")]
    public async Task A_password_change_that_fails_changes_nothing(string? current, string chosen, string why)
    {
        var browser = await republic.Ada.BrowserAsync();
        using var response = await browser.SubmitAsync(
            "/account/password",
            Change(current ?? republic.Ada.Password, chosen),
            "/account/password"
        );
        Assert.Contains(why, await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        await republic.NewVisitor().SignInAsync(republic.Ada.Email, republic.Ada.Password);
    }

    [Fact]
    public async Task Of_too_many_sessions_those_that_rested_longest_end()
    {
        var person = await republic.NewPersonAsync("Sesam");
        var browser = await person.BrowserAsync();
        var now = TimeProvider.System.GetUtcNow();
        await republic.QueryAsync(async db =>
        {
            await db
                .Sessions.Where(s => s.PersonId == person.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now.AddMinutes(-5)), Ct);
            db.Sessions.AddRange(
                Enumerable
                    .Range(0, Sessions.MaxPerPerson)
                    .Select(i => new Session
                    {
                        PersonId = person.Id,
                        Client = "a script",
                        CreatedAt = now.AddHours(-1),
                        SeenAt = now.AddHours(-1).AddSeconds(i),
                    })
            );
            return await db.SaveChangesAsync(Ct);
        });

        await republic.NewVisitor().SignInAsync(person.Email, person.Password);

        var left = await republic.QueryAsync(db => db.Sessions.AsNoTracking().Where(s => s.PersonId == person.Id).ToListAsync(Ct));
        Assert.Equal(Sessions.MaxPerPerson, left.Count);
        // Those of the script that were seen first are gone; those that are in use are not.
        Assert.Equal(Sessions.MaxPerPerson - 3, left.Count(s => s.Client == "a script"));
        Assert.DoesNotContain(left, s => s.SeenAt < now.AddHours(-1).AddSeconds(3).AddTicks(-10));
        await browser.ReadAsync("/account");
    }

    [Fact]
    public async Task A_new_name_is_seen_at_once()
    {
        var person = await republic.NewPersonAsync("Rosa");
        var browser = await person.BrowserAsync();
        using var saved = await browser.SubmitAsync(
            "/account",
            new Dictionary<string, string> { ["Input.DisplayName"] = "Rosa <b>Luna</b>", ["Input.Email"] = person.Email },
            "Profile"
        );
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("Rosa &lt;b&gt;Luna&lt;/b&gt;", await browser.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anothers_address_cannot_be_taken_over()
    {
        var browser = await republic.Ada.BrowserAsync();
        using var refused = await browser.SubmitAsync(
            "/account",
            new Dictionary<string, string>
            {
                ["Input.DisplayName"] = "Ada",
                ["Input.Email"] = republic.Jonas.Email,
                ["Input.Password"] = republic.Ada.Password,
            },
            "Profile"
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("cannot be used here", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_address_needs_the_password()
    {
        var person = await republic.NewPersonAsync("Sina");
        var browser = await person.BrowserAsync();
        var fields = new Dictionary<string, string> { ["Input.DisplayName"] = "Sina", ["Input.Email"] = "new@republic.example" };
        using var refused = await browser.SubmitAsync("/account", fields, "Profile");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await republic.NewVisitor().SignInAsync(person.Email, person.Password);

        fields["Input.Password"] = person.Password;
        using var changed = await browser.SubmitAsync("/account", fields, "Profile");
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        await republic.NewVisitor().SignInAsync("new@republic.example", person.Password);
    }

    [Fact]
    public async Task A_chosen_look_is_on_the_next_page_from_its_first_byte()
    {
        var browser = republic.NewVisitor();
        await browser.SignInAsync(republic.Ada.Email, republic.Ada.Password);
        using var chosen = await browser.SubmitAsync("/account", new Dictionary<string, string> { ["theme"] = "dark" }, "Theme");
        Assert.Contains("data-theme=\"dark\"", await browser.ReadAsync("/account"), StringComparison.Ordinal);
        using var system = await browser.SubmitAsync("/account", new Dictionary<string, string> { ["theme"] = "system" }, "Theme");
        Assert.DoesNotContain("data-theme=\"dark\"", await browser.ReadAsync("/account"), StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> StatusWithAsync(string cookie)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = republic.Address,
        };
        http.DefaultRequestHeaders.Add("Cookie", $"session={cookie}");
        using var response = await http.GetAsync("/account", Ct);
        return response.StatusCode;
    }

    private static Dictionary<string, string> SignIn(string email, string password) => new() { ["Email"] = email, ["Password"] = password };

    private static Dictionary<string, string> Change(string current, string chosen) =>
        new() { ["Input.CurrentPassword"] = current, ["Input.NewPassword"] = chosen };
}
