using System.Net.Http.Headers;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Accounts;

public sealed class WaitsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Login = "/api/account/login";

    /// <summary>Wrong passwords in a row before an e-mail address has to wait, where nothing else is set.</summary>
    private const int Tries = 5;

    [Fact]
    public async Task After_too_many_wrong_passwords_even_the_right_one_has_to_wait()
    {
        for (var i = 0; i < Tries; i++)
        {
            await Nobody().ProblemAsync(401, HttpMethod.Post, Login, new { email = republic.Jonas.Email, password = $"wrong {i}" });
        }

        using var response = await Nobody()
            .SendAsync(HttpMethod.Post, Login, new { email = republic.Jonas.Email, password = republic.Jonas.Password });
        Assert.Equal(429, (int)response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 300);
        await Nobody().PostAsync(Login, new { email = republic.Ada.Email, password = republic.Ada.Password });
    }

    [Fact]
    public async Task An_address_that_nobody_has_waits_just_the_same()
    {
        var email = $"nobody@{Guid.CreateVersion7():N}.example";
        for (var i = 0; i < Tries; i++)
        {
            await Nobody().ProblemAsync(401, HttpMethod.Post, Login, new { email, password = $"wrong {i}" });
        }

        var waiting = await Nobody().ProblemAsync(429, HttpMethod.Post, Login, new { email, password = "wrong again" });
        Assert.Contains("Try again in", waiting["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_guesses_sent_together_no_more_are_looked_at_than_of_guesses_in_a_row()
    {
        var person = await republic.NewPersonAsync("Parallel");

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => Nobody().SendAsync(HttpMethod.Post, Login, new { email = person.Email, password = $"wrong {i}" }))
        );

        Assert.Equal(Tries, answers.Count(answer => (int)answer.StatusCode == 401));
        Assert.Equal(20 - Tries, answers.Count(answer => (int)answer.StatusCode == 429));
    }

    [Fact]
    public async Task A_strangers_guesses_do_not_keep_out_a_browser_that_was_signed_in_before()
    {
        var person = await republic.NewPersonAsync("Bekannt");
        var known = republic.NewVisitor();
        await known.SignInAsync(person.Email, person.Password);
        using var left = await known.SubmitAsync("/account", new Dictionary<string, string>(), "sign-out");
        for (var i = 0; i <= Tries; i++)
        {
            using var guess = await Nobody().SendAsync(HttpMethod.Post, Login, new { email = person.Email, password = $"wrong {i}" });
        }

        using var unknown = await GuessAsync(republic.NewVisitor(), person.Email, person.Password);
        Assert.Equal(429, (int)unknown.StatusCode);
        await known.SignInAsync(person.Email, person.Password);

        // Of its own it has as many tries as anybody.
        using var again = await known.SubmitAsync("/account", new Dictionary<string, string>(), "sign-out");
        for (var i = 0; i < Tries; i++)
        {
            using var wrong = await GuessAsync(known, person.Email, "wrong");
            Assert.Equal(400, (int)wrong.StatusCode);
        }

        using var waits = await GuessAsync(known, person.Email, person.Password);
        Assert.Equal(429, (int)waits.StatusCode);
        // And for another's account it is as unknown as any.
        var other = await republic.NewPersonAsync("Andere");
        for (var i = 0; i < Tries; i++)
        {
            using var wrong = await GuessAsync(known, other.Email, "wrong");
        }

        using var refused = await Nobody().SendAsync(HttpMethod.Post, Login, new { email = other.Email, password = other.Password });
        Assert.Equal(429, (int)refused.StatusCode);
    }

    private static Task<HttpResponseMessage> GuessAsync(Visitor browser, string email, string password) =>
        browser.SubmitAsync("/account/sign-in", new Dictionary<string, string> { ["Email"] = email, ["Password"] = password });

    [Fact]
    public async Task Whoever_holds_a_session_does_not_find_out_its_password_with_it()
    {
        var person = await republic.NewPersonAsync("Guessed");
        var browser = await person.BrowserAsync();
        for (var i = 0; i < Tries; i++)
        {
            using var wrong = await ChangeAsync($"wrong {i}");
            Assert.Equal(400, (int)wrong.StatusCode);
        }

        using var right = await ChangeAsync(person.Password);
        Assert.Equal(429, (int)right.StatusCode);
        var activity = (await person.Api.GetAsync("/api/account/activity"))["entries"]!.AsArray();
        Assert.Equal(Tries, activity.Count(entry => (string?)entry!["action"] == "account.sign_in_failure"));
        // The owner signs in all the same.
        await republic.NewVisitor().SignInAsync(person.Email, person.Password);

        Task<HttpResponseMessage> ChangeAsync(string current) =>
            browser.SubmitAsync(
                "/account/password",
                new Dictionary<string, string> { ["Input.CurrentPassword"] = current, ["Input.NewPassword"] = "four entirely other words" },
                "/account/password"
            );
    }

    [Fact]
    public async Task The_right_password_forgets_the_wrong_ones()
    {
        for (var round = 0; round <= Tries; round++)
        {
            await Nobody().ProblemAsync(401, HttpMethod.Post, Login, new { email = republic.Mira.Email, password = "wrong" });
            await Nobody().PostAsync(Login, new { email = republic.Mira.Email, password = republic.Mira.Password });
        }
    }

    [Fact]
    public async Task The_page_says_how_long_to_wait()
    {
        var browser = republic.NewVisitor();
        var email = $"page@{Guid.CreateVersion7():N}.example";
        HttpResponseMessage last = null!;
        for (var i = 0; i <= Tries; i++)
        {
            last = await browser.SubmitAsync(
                "/account/sign-in",
                new Dictionary<string, string> { ["Email"] = email, ["Password"] = "wrong" }
            );
        }

        Assert.Equal(429, (int)last.StatusCode);
        Assert.NotNull(last.Headers.RetryAfter);
        Assert.Contains(
            "Too many wrong attempts",
            await last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    private ApiClient Nobody() => new(new HttpClient { BaseAddress = republic.Address });
}
