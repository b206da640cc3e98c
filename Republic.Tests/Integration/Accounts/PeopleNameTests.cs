using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Accounts;

/// <summary>Nobody has a name that somebody else has, whatever its case.</summary>
public sealed class PeopleNameTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Words = "three little words";

    // Names are unique among all people here, of whom other classes have theirs.
    private readonly string tag = $"{Guid.CreateVersion7():N}";

    private ApiClient Nobody => field ??= new(new HttpClient { BaseAddress = republic.Address });

    [Theory]
    [InlineData("Mira {0}")]
    [InlineData(" mIRA {0} ")]
    public async Task A_name_that_somebody_has_is_refused_beside_its_field(string pattern)
    {
        await RegisterAsync(Address("mira"), $"Mira {tag}");
        var name = pattern.Replace("{0}", tag, StringComparison.Ordinal);

        var problem = await Nobody.ProblemAsync(409, HttpMethod.Post, "/api/account/register", Account(Address("x1"), name));
        Assert.Contains("already", (string)problem["errors"]!["username"]![0]!, StringComparison.Ordinal);

        using var page = await republic
            .NewVisitor()
            .SubmitAsync(
                "/account/sign-up",
                new Dictionary<string, string>
                {
                    ["Input.Username"] = name,
                    ["Input.Email"] = Address("x1"),
                    ["Input.Password"] = Words,
                }
            );
        Assert.Equal(HttpStatusCode.Conflict, page.StatusCode);
        Assert.Contains("Choose another name", await Text(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_beyond_the_english_ones_have_no_case_either()
    {
        await RegisterAsync(Address("y1"), $"Örjan Ångström {tag}");
        await Nobody.ProblemAsync(409, HttpMethod.Post, "/api/account/register", Account(Address("y2"), $"öRJAN åNGSTRÖM {tag}"));
    }

    [Fact]
    public async Task Who_gives_no_name_gets_one_that_is_free()
    {
        var nora = $"nora{tag}";
        Assert.Equal(nora, await RegisterAsync($"{nora}@republic.example", null));
        Assert.Equal($"{nora} 2", await RegisterAsync($"{nora}@elsewhere.example", null));
        Assert.Equal($"{nora} 3", await RegisterAsync($"{nora.ToUpperInvariant()}@third.example", null), ignoreCase: true);
    }

    [Fact]
    public async Task A_known_address_is_answered_like_any_other()
    {
        var (ada, paula, somebody) = ($"Ada {tag}", $"paula {tag}", $"somebody new {tag}");
        await RegisterAsync(Address("ada"), ada);
        Assert.Equal(paula, await RegisterAsync(Address("paula"), paula));
        Assert.Equal(somebody, await RegisterAsync(Address("paula"), somebody));
        await Nobody.ProblemAsync(409, HttpMethod.Post, "/api/account/register", Account(Address("paula"), ada));
        await Nobody.ProblemAsync(409, HttpMethod.Post, "/api/account/register", Account(Address("unknown"), ada));
        Assert.Equal(somebody, await RegisterAsync(Address("quirin"), somebody));
    }

    [Fact]
    public async Task A_new_name_is_refused_when_somebody_has_it_and_ones_own_can_change_its_case()
    {
        await RegisterAsync(Address("jonas"), $"Jonas {tag}");
        var person = await republic.NewPersonAsync("Rosa");
        using var first = await RenameAsync(person, $"Rosa {tag}");
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        using var taken = await RenameAsync(person, $"jonas {tag}");
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        Assert.Contains($"Somebody here is called jonas {tag} already", await Text(taken), StringComparison.Ordinal);
        // A token says what its person was called when it was issued.
        Assert.Equal(
            $"Rosa {tag}",
            await republic.QueryAsync(db => db.Citizens.Where(c => c.Id == person.Id).Select(c => c.DisplayName).SingleAsync())
        );

        using var louder = await RenameAsync(person, $"ROSA {tag}");
        Assert.Equal(HttpStatusCode.Redirect, louder.StatusCode);
        await Nobody.ProblemAsync(409, HttpMethod.Post, "/api/account/register", Account(Address("rosa"), $"Rosa {tag}"));
        using var other = await RenameAsync(person, $"Rosalinde {tag}");
        Assert.Equal($"Rosa {tag}", await RegisterAsync(Address("rosa.the.second"), $"Rosa {tag}"));
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

        var answers = await Task.WhenAll(people.Select(person => RenameAsync(person, $"Ulrike {tag}")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
    }

    private string Address(string name) => $"{name}@{tag}.example";

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
