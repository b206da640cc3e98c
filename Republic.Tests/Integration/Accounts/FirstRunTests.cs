using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Accounts;

public sealed class FirstRunTests(TestDatabases databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_leads_to_the_first_account_which_is_the_superusers_and_is_signed_in_at_once()
    {
        await using var republic = await NewAsync();
        var visitor = republic.NewVisitor();
        foreach (var page in new[] { "/", "/models", "/account", "/account/sign-in", "/account/sign-up", "/welcome" })
        {
            using var response = await visitor.GetAsync(page);
            Assert.Equal((page, "/setup"), (page, response.Headers.Location?.OriginalString));
        }

        var browser = republic.NewVisitor();
        using var made = await browser.SubmitAsync("/setup", Account("mira"));

        Assert.Equal("/welcome", made.Headers.Location?.OriginalString);
        Assert.Contains("Your republic is ready, Mira.", await browser.ReadAsync("/welcome"), StringComparison.Ordinal);
        Assert.True(await republic.QueryAsync(db => db.Users.Select(p => p.IsSuperuser).SingleAsync(Ct)));
        using var again = await browser.GetAsync("/setup");
        Assert.Equal("/", again.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task From_another_machine_the_token_of_the_log_is_asked_for()
    {
        await using var republic = await NewAsync();
        var token = republic
            .Log.Select(line =>
                Regex.Match(line, "this token: (?<token>[0-9a-f]{24})", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            )
            .Single(m => m.Success)
            .Groups["token"]
            .Value;
        var browser = republic.NewVisitor();
        // As a proxy on this machine would send it.
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        Assert.Contains("Token from the log", await browser.ReadAsync("/setup"), StringComparison.Ordinal);

        using var without = await browser.SubmitAsync("/setup", Account("eve"));
        var refused = await without.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        Assert.Contains("eve@republic.example", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("three little words", refused, StringComparison.Ordinal);
        using var wrong = await browser.SubmitAsync("/setup", Account("eve", "000000000000000000000000"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(0, await republic.QueryAsync(db => db.Users.CountAsync(Ct)));

        using var right = await browser.SubmitAsync("/setup", Account("mira", token));
        Assert.Equal("/welcome", right.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task In_production_it_is_always_asked_for_and_where_sign_up_is_closed_no_other_account_is_made()
    {
        await using var production = new Production(databases);
        await production.InitializeAsync();
        var browser = production.NewVisitor();
        Assert.Contains("Token from the log", await browser.ReadAsync("/setup"), StringComparison.Ordinal);

        using var without = await browser.SubmitAsync("/setup", Account("eve"));
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        using var right = await browser.SubmitAsync("/setup", Account("mira", Production.Token));
        Assert.Equal("/welcome", right.Headers.Location?.OriginalString);

        var refused = await new ApiClient(new HttpClient { BaseAddress = production.Address }).ProblemAsync(
            403,
            HttpMethod.Post,
            "/api/account/register",
            new { email = "eve@republic.example", password = "three little words" }
        );
        Assert.Contains("closed", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("Sign-up is closed here", await production.NewVisitor().ReadAsync("/account/sign-up"), StringComparison.Ordinal);
        Assert.DoesNotContain("/account/sign-up", await production.NewVisitor().ReadAsync("/account/sign-in"), StringComparison.Ordinal);
        Assert.Equal(1, await production.QueryAsync(db => db.Users.CountAsync(Ct)));
    }

    [Fact]
    public async Task Of_many_who_come_first_at_once_one_is_the_superuser()
    {
        await using var republic = await NewAsync();
        var client = new ApiClient(new HttpClient { BaseAddress = republic.Address });
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    client.PostAsync("/api/account/register", new { email = $"p{i}@republic.example", password = "three little words" })
                )
        );
        Assert.Equal(1, await republic.QueryAsync(db => db.Users.CountAsync(p => p.IsSuperuser, Ct)));
        Assert.Equal(8, await republic.QueryAsync(db => db.Users.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_makes_one_account()
    {
        await using var republic = await NewAsync();
        var browsers = Enumerable.Range(0, 4).Select(_ => republic.NewVisitor()).ToList();
        // The page is there until the first form has come: all of them have it open before.
        var forms = await Task.WhenAll(browsers.Select(browser => browser.OpenFormAsync("/setup", Account("mira"))));
        var answers = await Task.WhenAll(forms.Select(send => send()));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Single(answers, answer => answer.Headers.Location?.OriginalString == "/welcome");
        Assert.Equal(1, await republic.QueryAsync(db => db.Users.CountAsync(Ct)));
    }

    private async Task<EmptyRepublic> NewAsync()
    {
        var republic = new EmptyRepublic(databases);
        await republic.InitializeAsync();
        return republic;
    }

    private static Dictionary<string, string> Account(string name, string? token = null) =>
        new()
        {
            ["Input.Username"] = char.ToUpperInvariant(name[0]) + name[1..],
            ["Input.Email"] = $"{name}@republic.example",
            ["Input.Password"] = "three little words",
            ["Input.SetupToken"] = token ?? "",
        };

    private sealed class Production(TestDatabases databases) : EmptyRepublic(databases)
    {
        public const string Token = "a token of the operator's own";

        protected override IEnumerable<(string Key, string Value)> Settings =>
            [("environment", "Production"), ("Accounts:SetupToken", Token), ("Accounts:SignUp", "closed")];
    }
}
