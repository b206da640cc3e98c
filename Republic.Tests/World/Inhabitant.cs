using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Accounts;
using Republic.Web.Http.Auth;

namespace Republic.Tests.World;

/// <summary>A person with an account: <see cref="Api"/> with a bearer token, <see cref="BrowserAsync"/> with a cookie.</summary>
public sealed class Inhabitant
{
    private const string Home = "republic.example";
    private Visitor? browser;

    private Inhabitant(Uri address, string name, string domain)
    {
        (Name, Email, Password) = (name, $"{name.ToLowerInvariant()}@{domain}", $"a long password of {name}");
        Api = new ApiClient(new HttpClient { BaseAddress = address });
    }

    public string Name { get; }

    public string Email { get; }

    public string Password { get; }

    public Guid Id { get; private set; }

    public ApiClient Api { get; }

    /// <summary>Makes an account and signs in, by the doors that everybody uses.</summary>
    public static async Task<Inhabitant> SignUpAsync(Uri address, string name)
    {
        var person = new Inhabitant(address, name, Home);
        var account = new
        {
            email = person.Email,
            password = person.Password,
            username = name,
        };
        person.Id = (await person.Api.PostAsync("/api/account/register", account))["id"]!.GetValue<Guid>();
        var pair = await person.Api.PostAsync("/api/account/login", account);
        person.Carry(pair["access_token"]!.GetValue<string>());
        return person;
    }

    /// <summary>Somebody who has an account already and is signed in. It takes no request, and every class begins with it.</summary>
    /// <param name="domain">Of the e-mail address, which nobody else may have.</param>
    public static async Task<Inhabitant> SettleAsync(IRepublic republic, string name, string domain = Home, bool isSuperuser = false)
    {
        ArgumentNullException.ThrowIfNull(republic);
        await using var scope = republic.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var settled = new Inhabitant(republic.Address, name, domain);
        var person = Person.New(settled.Email, name, services.GetRequiredService<TimeProvider>().GetUtcNow());
        person.IsSuperuser = isSuperuser;
        // Names are unique in an app, and each class that shares one has a Mira of its own.
        person.UserName = domain == Home ? name : settled.Email;
        var made = await services.GetRequiredService<UserManager<Person>>().CreateAsync(person, settled.Password);
        Assert.True(made.Succeeded, string.Join(' ', made.Errors.Select(error => error.Description)));
        settled.Id = person.Id;
        settled.Carry((await services.GetRequiredService<BearerTokens>().IssueAsync(person, "tests", CancellationToken.None)).AccessToken);
        return settled;
    }

    /// <summary>Somebody who settled in the republic whose database this one began with a copy of.</summary>
    public static async Task<Inhabitant> ReturnAsync(IRepublic republic, string name)
    {
        ArgumentNullException.ThrowIfNull(republic);
        await using var scope = republic.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var returned = new Inhabitant(republic.Address, name, Home);
        var person = await services.GetRequiredService<UserManager<Person>>().FindByEmailAsync(returned.Email);
        Assert.NotNull(person);
        returned.Id = person.Id;
        returned.Carry((await services.GetRequiredService<BearerTokens>().IssueAsync(person, "tests", CancellationToken.None)).AccessToken);
        return returned;
    }

    /// <summary>The same person at another node of the same republic.</summary>
    public Inhabitant At(Uri address)
    {
        var there = new Inhabitant(address, Name, Email[(Email.IndexOf('@') + 1)..]) { Id = Id };
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

    private void Carry(string token) => Api.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
}

/// <param name="Key">Its <c>republic_key</c>, for <c>/v1</c>.</param>
public sealed record TestMinion(Guid Id, string Name, string Key, string RepublicId);
