using System.Text;
using Republic.Tests.World;

namespace Republic.Tests.EndToEnd.Looks;

/// <summary>A dataset on each of its pages: of its two versions the second lacks a row.</summary>
public sealed class DatasetLookTests(SharedRepublic republic, LookWindow window) : IClassFixture<SharedRepublic>, IClassFixture<LookWindow>
{
    [Theory]
    [InlineData("/datasets", "mixed")]
    [InlineData("/datasets/new", "What a row may look like")]
    [InlineData("/datasets/{mixed}", "Delete this dataset")]
    [InlineData("/datasets/{waiting}/rows?q=parcel", "to be dropped")]
    [InlineData("/datasets/{mixed}/rows?q=nowhere", "Nothing found")]
    [InlineData("/datasets/{mixed}/rows?version=1&q=parcel", "Where is parcel 77?")]
    [InlineData("/datasets/{mixed}/duplicates", "Each first row is kept")]
    [InlineData("/datasets/{mixed}/rejected", "Lines that are not used")]
    [InlineData("/datasets/{mixed}/statistics", "How quality is reckoned")]
    [InlineData("/datasets/{mixed}/versions", "A version never changes")]
    [InlineData("/datasets/{mixed}/compare?before=1&after=2", "1 row gone")]
    public async Task A_page_pleases_in_every_size_and_light(string page, string shown) =>
        await window.LookAsync(republic, await window.OnceAsync(PlantAsync), page, shown);

    [Fact]
    public async Task A_list_without_datasets_pleases_too() =>
        await window.LookAsync(republic, new PlantedState(await republic.NewPersonAsync("Newcomer")), "/datasets", "No datasets yet");

    private async Task<PlantedState> PlantAsync()
    {
        var person = await republic.NewPersonAsync("Looker");
        var mixed = await WithoutParcelAsync(person, "mixed.jsonl");
        var waiting = await WithoutParcelAsync(person, "waiting.jsonl");
        await person.Api.PostAsync(DatasetWorld.PathOf(person, $"/{mixed}/versions"));
        await DatasetWorld.EndOfAsync(person, mixed);
        return new PlantedState(person, ("mixed", mixed), ("waiting", waiting));
    }

    /// <summary>Its only row about a parcel is to be dropped from the next version.</summary>
    private static async Task<string> WithoutParcelAsync(Inhabitant person, string name)
    {
        var made = await DatasetWorld.MakeAsync(person, Encoding.UTF8.GetBytes(SampleRows.Mixed()), name);
        var id = made["id"]!.GetValue<string>();
        var path = DatasetWorld.PathOf(person, $"/{id}");
        var row = (await person.Api.GetAsync($"{path}/preview?search=parcel"))["rows"]![0]!["hash"]!.GetValue<string>();
        await person.Api.PutAsync($"{path}/changes/{row}", new { messages = (object?)null });
        return id;
    }
}
