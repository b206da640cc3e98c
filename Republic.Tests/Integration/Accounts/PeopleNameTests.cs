using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Accounts;

/// <summary>Nobody has a name that somebody else has, whatever its case.</summary>
public sealed class PeopleNameTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private const string Words = "three little words";

    private ApiClient Nobody => field ??= new(new HttpClient { BaseAddress = republic.Address });

    [Theory]
    [InlineData("Mira")]
    [InlineData(" mIRA ")]
    public async Task A_name_that_somebody_has_is_refused_beside_its_field(string name)
    {
        var problem = await Nobody.ProblemAsync(409, HttpMethod.Post, "/api/account/register", Account("x1@republic.example", name));
        Assert.Contains("already", (string)problem["errors"]!["username"]![0]!, StringComparison.Ordinal);

        using var page = await republic
            .NewVisitor()
            .SubmitAsync(
                "/account/sign-up",
                new Dictionary<string, string>
                {
                    ["Input.Username"] = name,
                    ["Input.Email"] = "x1@republic.example",
                    ["Input.Password"] = Words,
                }
            );
        Assert.Equal(HttpStatusCode.Conflict, page.StatusCode);
        Assert.Contains("Choose another name", await Text(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_beyond_the_english_ones_have_no_case_either()
    {
        await RegisterAsync("y1@republic.example", "Örjan Ångström");
        await Nobody.ProblemAsync(409, HttpMethod.Post, "/api/account/register", Account("y2@republic.example", "öRJAN åNGSTRÖM"));
    }

    [Fact]
    public async Task Who_gives_no_name_gets_one_that_is_free()
    {
        Assert.Equal("nora", await RegisterAsync("nora@republic.example", null));
        Assert.Equal("nora 2", await RegisterAsync("nora@elsewhere.example", null));
        Assert.Equal("nora 3", await RegisterAsync("NORA@third.example", null), ignoreCase: true);
    }

    [Fact]
    public async Task A_known_address_is_answered_like_any_other()
    {
        Assert.Equal("paula", await RegisterAsync("paula@republic.example", "paula"));
        Assert.Equal("somebody new", await RegisterAsync("paula@republic.example", "somebody new"));
        await Nobody.ProblemAsync(409, HttpMethod.Post, "/api/account/register", Account("paula@republic.example", "Ada"));
        await Nobody.ProblemAsync(409, HttpMethod.Post, "/api/account/register", Account("unknown@republic.example", "Ada"));
        Assert.Equal("somebody new", await RegisterAsync("quirin@republic.example", "somebody new"));
    }

    [Fact]
    public async Task A_new_name_is_refused_when_somebody_has_it_and_ones_own_can_change_its_case()
    {
        var person = await republic.NewPersonAsync("Rosa");
        using var taken = await RenameAsync(person, "jonas");
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        Assert.Contains("Somebody here is called jonas already", await Text(taken), StringComparison.Ordinal);
        Assert.Equal("Rosa", (string)(await person.Api.GetAsync("/api/account/me"))["username"]!);

        using var louder = await RenameAsync(person, "ROSA");
        Assert.Equal(HttpStatusCode.Redirect, louder.StatusCode);
        using var other = await RenameAsync(person, "Rosalinde");
        Assert.Equal("Rosa", await RegisterAsync("rosa.the.second@republic.example", "Rosa"));
    }

    [Fact]
    public async Task Of_several_who_want_one_name_at_once_one_gets_it()
    {
        List<Inhabitant> people = [];
        foreach (var name in (string[])["Uwe", "Udo", "Ulf", "Uta"])
        {
            var person = await republic.NewPersonAsync(name);
            await person.BrowserAsync();
            people.Add(person);
        }

        var answers = await Task.WhenAll(people.Select(person => RenameAsync(person, "Ulrike")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
    }

    private static Task<string> Text(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static JsonObject Account(string email, string? name) =>
        new()
        {
            ["email"] = email,
            ["username"] = name,
            ["password"] = Words,
        };

    private async Task<string> RegisterAsync(string email, string? name) =>
        (string)(await Nobody.PostAsync("/api/account/register", Account(email, name)))["username"]!;

    private static async Task<HttpResponseMessage> RenameAsync(Inhabitant person, string name) =>
        await (await person.BrowserAsync()).SubmitAsync(
            "/account",
            new Dictionary<string, string> { ["Input.DisplayName"] = name, ["Input.Email"] = person.Email },
            "Profile"
        );
}
