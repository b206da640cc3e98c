using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>People of one class do not meet those of another in the app that both share.</summary>
public sealed class SharedWorldTests(TestDatabases databases) : IAsyncLifetime
{
    private readonly SharedRepublic one = new(databases);
    private readonly SharedRepublic other = new(databases);

    [Fact]
    public async Task Classes_share_an_app_and_have_people_of_their_own()
    {
        await (await one.NewPersonAsync("Guest")).NewMinionAsync("guests");
        await (await other.NewPersonAsync("Guest")).NewMinionAsync("guests");
        var people = new[] { one.Mira, one.Jonas, one.Ada, other.Mira, other.Jonas, other.Ada };
        await Task.WhenAll(people.Select(person => person.NewMinionAsync("sage")));

        Assert.Equal(one.Address, other.Address);
        Assert.Equal(6, people.Select(person => person.Id).Distinct().Count());
        Assert.Equal(6, people.Select(person => person.Email).Distinct().Count());
    }

    [Fact]
    public async Task Everybody_has_the_name_and_the_rights_that_they_have_in_an_app_of_a_classs_own()
    {
        foreach (var republic in new[] { one, other })
        {
            var (mira, jonas) = (await republic.Mira.Api.GetAsync("/api/account/me"), await republic.Jonas.Api.GetAsync("/api/account/me"));

            Assert.Equal(("Mira", "Jonas"), ((string)mira["username"]!, (string)jonas["username"]!));
            Assert.Contains("superuser", mira["roles"]!.ToJsonString());
            Assert.Equal("[]", jonas["roles"]!.ToJsonString());
            Assert.Contains("Ada", await (await republic.Ada.BrowserAsync()).ReadAsync("/account"));
        }
    }

    public async ValueTask InitializeAsync()
    {
        await one.InitializeAsync();
        await other.InitializeAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
