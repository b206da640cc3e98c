using System.Net;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Memories;

/// <summary>Choice of a person how memories are found.</summary>
public sealed class MemorySettingsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant jonas = republic.Jonas;

    [Fact]
    public async Task A_model_that_was_not_made_for_embeddings_or_cannot_be_read_is_refused()
    {
        var builtIn = new { embedding = new { provider = "local", model_id = "sprout" } };
        var problem = await jonas.Api.ProblemAsync(400, HttpMethod.Put, "/api/memories/settings", builtIn);
        Assert.NotNull(problem["errors"]!["embedding.model_id"]);
        await jonas.Api.ProblemAsync(400, HttpMethod.Put, "/api/memories/settings", new { embedding = "ada" });

        Assert.Null((await jonas.Api.GetAsync("/api/memories/settings"))["settings"]!["embedding"]);
    }

    [Fact]
    public async Task How_memories_are_found_is_chosen_by_nobody_by_words_alone_or_by_a_model()
    {
        var person = await republic.NewPersonAsync("Chooser");
        await using var vendor = new FakeVendor();
        vendor.Embeds();
        var model = new
        {
            provider = "custom",
            model_id = "meaning-1",
            base_url = vendor.BaseUrl,
        };
        await IsAsync(null, byWords: false);

        await ChangeAsync(new { by_words = true });
        await IsAsync(null, byWords: true);
        await ChangeAsync(new { proposes = true });
        await IsAsync(null, byWords: true);
        await person.Api.ProblemAsync(400, HttpMethod.Put, "/api/memories/settings", new { embedding = model, by_words = true });
        await IsAsync(null, byWords: true);
        await ChangeAsync(new { embedding = model });
        await IsAsync("meaning-1", byWords: false);
        await ChangeAsync(new { embedding = (object?)null });
        await IsAsync(null, byWords: true);
        await ChangeAsync(new { embedding = (object?)null, by_words = false });
        await IsAsync(null, byWords: false);
        await ChangeAsync(new { embedding = model });
        await ChangeAsync(new { by_words = true });
        await IsAsync(null, byWords: true);

        Task ChangeAsync(object change) => person.Api.PutAsync("/api/memories/settings", change);

        async Task IsAsync(string? chosen, bool byWords)
        {
            var settings = (await person.Api.GetAsync("/api/memories/settings"))["settings"]!;
            Assert.Equal((chosen, byWords), ((string?)settings["embedding"]?["model_id"], (bool)settings["by_words"]!));
        }
    }

    [Fact]
    public async Task The_page_offers_the_same_choices_and_keeps_them()
    {
        var person = await republic.NewPersonAsync("Former");
        var browser = await person.BrowserAsync();

        Assert.Contains("<option value=\"built-in\" selected", await PageAsync());
        await SaveAsync("");
        Assert.Contains("<option value=\"\" selected", await PageAsync());
        Assert.True((bool)(await person.Api.GetAsync("/api/memories/settings"))["settings"]!["by_words"]!);
        await SaveAsync("built-in");
        Assert.Contains("<option value=\"built-in\" selected", await PageAsync());
        Assert.False((bool)(await person.Api.GetAsync("/api/memories/settings"))["settings"]!["by_words"]!);

        Task<string> PageAsync() => browser.ReadAsync("/memories/settings");

        async Task SaveAsync(string provider)
        {
            var form = new Dictionary<string, string> { ["Input.IsOn"] = "true", ["Input.Provider"] = provider };
            using var saved = await browser.SubmitAsync("/memories/settings", form, "/memories/settings");
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        }
    }
}
