using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Accounts;

public sealed class AccountApiTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Register = "/api/account/register";
    private const string Login = "/api/account/login";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_in_gives_a_pair_of_tokens_in_snake_case()
    {
        var pair = await Nobody().PostAsync(Login, new { email = republic.Ada.Email, password = republic.Ada.Password });

        Assert.Equal("Bearer", pair["token_type"]!.GetValue<string>());
        Assert.Equal(3600, pair["expires_in"]!.GetValue<int>());
        var me = await WithToken(pair["access_token"]!.GetValue<string>()).GetAsync("/api/account/me");
        Assert.Equal(republic.Ada.Id, me["id"]!.GetValue<Guid>());
        Assert.Equal(republic.Ada.Email, me["email"]!.GetValue<string>());
        Assert.Equal("Ada", me["username"]!.GetValue<string>());
        Assert.Empty(me["roles"]!.AsArray());
    }

    [Fact]
    public async Task An_e_mail_address_is_found_however_it_is_written() =>
        await Nobody().PostAsync(Login, new { email = republic.Ada.Email.ToUpperInvariant(), password = republic.Ada.Password });

    [Fact]
    public async Task A_refresh_token_gives_a_new_pair_and_an_access_token_does_not()
    {
        var pair = await Nobody().PostAsync(Login, new { email = republic.Ada.Email, password = republic.Ada.Password });
        var next = await Nobody().PostAsync("/api/account/refresh", new { refresh_token = pair["refresh_token"]!.GetValue<string>() });
        await WithToken(next["access_token"]!.GetValue<string>()).GetAsync("/api/account/me");

        foreach (var bad in new[] { pair["access_token"]!.GetValue<string>(), "nonsense", "" })
        {
            await Nobody().ProblemAsync(401, HttpMethod.Post, "/api/account/refresh", new { refresh_token = bad });
        }
    }

    [Fact]
    public async Task A_refresh_token_is_not_an_access_token()
    {
        var pair = await Nobody().PostAsync(Login, new { email = republic.Ada.Email, password = republic.Ada.Password });
        await WithToken(pair["refresh_token"]!.GetValue<string>()).ProblemAsync(401, HttpMethod.Get, "/api/account/me");
    }

    [Fact]
    public async Task A_known_and_an_unknown_address_get_the_same_answer_to_a_wrong_password()
    {
        var known = await Nobody()
            .ProblemAsync(401, HttpMethod.Post, Login, new { email = republic.Jonas.Email, password = "not it, sorry" });
        var unknown = await Nobody()
            .ProblemAsync(401, HttpMethod.Post, Login, new { email = "nobody@republic.example", password = "not it, sorry" });
        known.AsObject().Remove("trace_id");
        unknown.AsObject().Remove("trace_id");
        Assert.Equal(known.ToJsonString(), unknown.ToJsonString());
    }

    [Fact]
    public async Task What_is_wrong_with_a_new_account_is_said_field_by_field()
    {
        var problem = await Nobody()
            .ProblemAsync(
                400,
                HttpMethod.Post,
                Register,
                new
                {
                    email = "not an address",
                    password = "short",
                    username = new string('x', 101),
                }
            );
        Assert.Equal(["email", "password", "username"], problem["errors"]!.AsObject().Select(e => e.Key).Order(StringComparer.Ordinal));
        Assert.Contains("5 characters", problem["errors"]!["password"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("", 400)]
    [InlineData("[]", 400)]
    [InlineData("""{"email": 7, "password": "three little words"}""", 400)]
    [InlineData("null", 400)]
    public async Task A_body_that_cannot_be_read_is_problem_details_and_not_a_stack_trace(string body, int status)
    {
        using var response = await Nobody().Http.PostAsync(Register, new StringContent(body, Encoding.UTF8, "application/json"), Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_in_plain_text_is_no_json()
    {
        using var response = await republic.Jonas.Api.Http.PostAsync(
            "/api/account/tokens",
            new StringContent("{}", Encoding.UTF8, "text/plain"),
            Ct
        );
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task An_address_that_has_an_account_gets_the_same_answer_as_one_that_has_none()
    {
        const string Password = "three little words";
        var taken = await Nobody().PostAsync(Register, new { email = republic.Jonas.Email.ToUpperInvariant(), password = Password });
        var free = await Nobody().PostAsync(Register, new { email = "somebody.new@republic.example", password = Password });

        Assert.Equal(free.AsObject().Select(member => member.Key), taken.AsObject().Select(member => member.Key));
        Assert.NotEqual(republic.Jonas.Id, taken["id"]!.GetValue<Guid>());
        // Nothing has become of the account that was there.
        await Nobody().ProblemAsync(401, HttpMethod.Post, Login, new { email = republic.Jonas.Email, password = Password });
        await Nobody().PostAsync(Login, new { email = republic.Jonas.Email, password = republic.Jonas.Password });
        await Nobody().PostAsync(Login, new { email = "somebody.new@republic.example", password = Password });
    }

    [Fact]
    public async Task Nobody_makes_themselves_a_superuser()
    {
        var made = await Nobody()
            .PostAsync(
                Register,
                new
                {
                    email = "eve@republic.example",
                    password = "three little words",
                    is_superuser = true,
                    roles = new[] { "superuser" },
                    id = republic.Mira.Id,
                }
            );
        Assert.Empty(made["roles"]!.AsArray());
        Assert.NotEqual(republic.Mira.Id, made["id"]!.GetValue<Guid>());
    }

    [Theory]
    [InlineData("x' OR (SELECT pg_sleep(8)) IS NOT NULL --")]
    [InlineData("rpat_x' OR '1'='1")]
    [InlineData("rpat_")]
    [InlineData("nonsense")]
    public async Task Unknown_malformed_and_expired_keys_are_refused_alike(string key)
    {
        var refused = await WithToken(key).ProblemAsync(401, HttpMethod.Get, "/api/account/me");
        var nobody = await Nobody().ProblemAsync(401, HttpMethod.Get, "/api/account/me");
        refused.AsObject().Remove("trace_id");
        nobody.AsObject().Remove("trace_id");
        Assert.Equal(nobody.ToJsonString(), refused.ToJsonString());
    }

    [Fact]
    public async Task A_write_with_a_cookie_needs_the_antiforgery_token_and_one_with_a_bearer_token_does_not()
    {
        var browser = await republic.Jonas.BrowserAsync();
        var page = await browser.ReadAsync("/account/tokens");
        using var without = await browser.Http.PostAsync("/api/account/tokens", Json("""{"name": "by cookie"}"""), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/account/tokens") { Content = Json("""{"name": "by cookie"}""") };
        request.Headers.Add("RequestVerificationToken", Html.Token(page));
        using var with = await browser.Http.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.Created, with.StatusCode);

        await republic.Jonas.Api.PostAsync("/api/account/tokens", new { name = "by bearer" });
    }

    private ApiClient Nobody() => new(new HttpClient { BaseAddress = republic.Address });

    private ApiClient WithToken(string token)
    {
        var client = Nobody();
        client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
