using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>A person with an account: <see cref="Api"/> with a bearer token, <see cref="BrowserAsync"/> with a cookie.</summary>
public sealed class Inhabitant
{
    private Visitor? browser;

    private Inhabitant(Uri address, string name)
    {
        (Name, Email, Password) = (name, $"{name.ToLowerInvariant()}@republic.example", $"a long password of {name}");
        Api = new ApiClient(new HttpClient { BaseAddress = address });
    }

    public string Name { get; }

    public string Email { get; }

    public string Password { get; }

    public Guid Id { get; private set; }

    public ApiClient Api { get; }

    public static async Task<Inhabitant> SignUpAsync(Uri address, string name)
    {
        var person = new Inhabitant(address, name);
        var account = new
        {
            email = person.Email,
            password = person.Password,
            username = name,
        };
        person.Id = (await person.Api.PostAsync("/api/account/register", account))["id"]!.GetValue<Guid>();
        var pair = await person.Api.PostAsync("/api/account/login", account);
        person.Api.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            pair["access_token"]!.GetValue<string>()
        );
        return person;
    }

    /// <summary>The same person at another node of the same republic.</summary>
    public Inhabitant At(Uri address)
    {
        var there = new Inhabitant(address, Name) { Id = Id };
        there.Api.Http.DefaultRequestHeaders.Authorization = Api.Http.DefaultRequestHeaders.Authorization;
        return there;
    }

    /// <summary>The same browser every time, signed in.</summary>
    public async Task<Visitor> BrowserAsync()
    {
        if (browser is null)
        {
            browser = new Visitor(Api.Http.BaseAddress!);
            await browser.SignInAsync(Email, Password);
        }

        return browser;
    }

    /// <summary>A minion that answers through <paramref name="vendor"/>, or on the built-in model when there is none.</summary>
    /// <param name="more">Further fields of <c>POST /api/minions</c>, which win.</param>
    public async Task<TestMinion> NewMinionAsync(string name = "sage", FakeVendor? vendor = null, JsonObject? more = null)
    {
        var fields = new JsonObject
        {
            ["name"] = name,
            ["display_name"] = char.ToUpperInvariant(name[0]) + name[1..],
            ["provider"] = vendor is null ? "local" : "custom",
            ["model_id"] = vendor is null ? "sprout" : "vendor-model",
            ["base_url"] = vendor?.BaseUrl.ToString(),
            ["api_key"] = vendor is null ? null : FakeVendor.Key,
        };
        foreach (var (field, value) in more ?? [])
        {
            fields[field] = value?.DeepClone();
        }

        var made = await Api.PostAsync("/api/minions", fields);
        return new TestMinion(
            made["minion_id"]!.GetValue<Guid>(),
            name,
            made["republic_key"]!.GetValue<string>(),
            made["minion"]!["republic_id"]!.GetValue<string>()
        );
    }
}

/// <param name="Key">Its <c>republic_key</c>, for <c>/v1</c>.</param>
public sealed record TestMinion(Guid Id, string Name, string Key, string RepublicId);
