using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Memories.Recall;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Memories;

/// <summary>Recalling by meaning, where the embedding model is not at hand.</summary>
public sealed class MemoryVectorsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_model_that_hangs_holds_an_answer_for_a_few_seconds_only()
    {
        await using var vendor = new FakeVendor();
        var (person, minion) = await NewAsync("Patient", vendor);
        await AddAsync(person, minion, "My cat is called Tom.");
        vendor.Hangs();

        var recalled = await Recall
            .RecallAsync(person.Id, minion, null, "What is my cat called?", Ct)
            .WaitAsync(TimeSpan.FromSeconds(20), Ct);

        Assert.Equal(["My cat is called Tom."], recalled.Memories.Select(m => m.Content));
        Assert.Contains("by words alone", recalled.Reason);
    }

    [Fact]
    public async Task What_has_no_vector_yet_is_found_by_words_and_the_others_by_what_they_mean()
    {
        await using var vendor = new FakeVendor();
        var (person, minion) = await NewAsync("Partial", vendor);
        await AddAsync(person, minion, "My cat is called Tom.");
        Assert.Null((await Recall.RecallAsync(person.Id, minion, null, "Which kitten food is good?", Ct)).Reason);
        await AddAsync(person, minion, "I own a boat.");
        vendor.Embeds(text => text.Contains("own a boat", StringComparison.Ordinal) ? [] : FakeMeaning.Of(text));

        var recalled = await Recall.RecallAsync(person.Id, minion, null, "Is there room for a kitten in a boat?", Ct);

        Assert.Equal(["I own a boat.", "My cat is called Tom."], recalled.Memories.Select(m => m.Content).Order(StringComparer.Ordinal));
        Assert.StartsWith("Some memories have no vector yet", recalled.Reason);
    }

    [Fact]
    public async Task What_tells_the_very_fact_that_is_asked_for_comes_before_what_holds_its_words()
    {
        await using var vendor = new FakeVendor();
        var (person, minion) = await NewAsync("Teacher", vendor);
        vendor.Embeds(text => text.Contains("teach", StringComparison.Ordinal) ? [] : FakeMeaning.Of(text));
        await AddAsync(person, minion, "I teach maths in Ibadan.");
        for (var i = 0; i < MemoryMatch.Most; i++)
        {
            await AddAsync(person, minion, $"Shop {i} offers a job.");
        }

        var recalled = await Recall.RecallAsync(person.Id, minion, null, "What is my job?", Ct);

        Assert.Equal("I teach maths in Ibadan.", recalled.Memories[0].Content);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private MemoryRecall Recall => republic.Services.GetRequiredService<MemoryRecall>();

    private async Task<(Inhabitant Person, Guid Minion)> NewAsync(string name, FakeVendor vendor)
    {
        var person = await republic.NewPersonAsync(name);
        vendor.Embeds();
        var server = new
        {
            provider = "custom",
            label = "meaning",
            base_url = vendor.BaseUrl,
            api_key = FakeVendor.Key,
        };
        await person.Api.PostAsync($"/api/users/{person.Id}/providers", server);
        await person.Api.PutAsync("/api/memories/settings", new { embedding = new { provider = "custom", model_id = "meaning-1" } });
        return (person, (await person.NewMinionAsync("meaning")).Id);
    }

    private static Task AddAsync(Inhabitant person, Guid minion, string content) =>
        person.Api.PostAsync("/api/memories", new { minion_id = minion, content });
}
