using System.Net.Http.Headers;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Accounts;

public sealed class WaitsTests(WaitsTests.Strict republic) : IClassFixture<WaitsTests.Strict>
{
    private const string Login = "/api/account/login";

    [Fact]
    public async Task After_too_many_wrong_passwords_even_the_right_one_has_to_wait()
    {
        for (var i = 0; i < 3; i++)
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
        const string email = "nobody@republic.example";
        for (var i = 0; i < 3; i++)
        {
            await Nobody().ProblemAsync(401, HttpMethod.Post, Login, new { email, password = $"wrong {i}" });
        }

        var waiting = await Nobody().ProblemAsync(429, HttpMethod.Post, Login, new { email, password = "wrong again" });
        Assert.Contains("Try again in", waiting["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_right_password_forgets_the_wrong_ones()
    {
        for (var round = 0; round < 3; round++)
        {
            await Nobody().ProblemAsync(401, HttpMethod.Post, Login, new { email = republic.Mira.Email, password = "wrong" });
            await Nobody().PostAsync(Login, new { email = republic.Mira.Email, password = republic.Mira.Password });
        }
    }

    [Fact]
    public async Task The_page_says_how_long_to_wait()
    {
        var browser = republic.NewVisitor();
        HttpResponseMessage last = null!;
        for (var i = 0; i < 4; i++)
        {
            last = await browser.SubmitAsync(
                "/account/sign-in",
                new Dictionary<string, string> { ["Email"] = "page@republic.example", ["Password"] = "wrong" }
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

    /// <summary>Few tries for each e-mail address, many for each network address: all tests come from one.</summary>
    public sealed class Strict(TestDatabases databases) : RunningRepublic(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings =>
            [("Accounts:FailuresBeforeWait", "3"), ("Accounts:FailuresPerMinuteAndAddress", "1000")];
    }
}
