using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Providers;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>LoRA adapters, chosen by each request, on one model that stays in memory.</summary>
public sealed class AdapterTests : IAsyncLifetime
{
    private static readonly string[] Questions = ["What is LoRA?", "What can you do?", "What is a minion?"];
    private LocalModels models = null!;

    public async ValueTask InitializeAsync()
    {
        models = await LocalModels.StartAsync(("ModelHost:Sequences", "6"));
        Make("first", 1);
        Make("second", 2);
    }

    public ValueTask DisposeAsync() => models.DisposeAsync();

    [Fact]
    public async Task Two_adapters_and_the_bare_model_answer_at_once_as_each_does_alone()
    {
        var sets = new[] { Set(), Set(("first", 1f)), Set(("second", 1f)), Set(("first", 1f), ("second", 0.5f)) };
        foreach (var question in Questions)
        {
            var alone = new List<string>();
            foreach (var set in sets)
            {
                // What is read in one stretch and what is remembered of it in two differ by rounding: both times it is remembered.
                await models.AskAsync(Body(question, set));
                alone.Add(Text(await models.AskAsync(Body(question, set))));
            }

            var together = await Task.WhenAll(sets.Select(set => models.AskAsync(Body(question, set))));

            Assert.Equal(alone, together.Select(Text));
            Assert.Equal(sets.Length, alone.Distinct().Count());
        }
    }

    [Fact]
    public async Task A_scale_of_0_is_the_bare_model_and_between_it_and_1_something_else()
    {
        var bare = Text(await models.AskAsync(Body(Questions[0])));
        var full = Text(await models.AskAsync(Body(Questions[0], Set(("first", 1f)))));
        var half = Text(await models.AskAsync(Body(Questions[0], Set(("first", 0.5f)))));

        Assert.Equal(bare, Text(await models.AskAsync(Body(Questions[0], Set(("first", 0f))))));
        Assert.Equal(3, new[] { bare, half, full }.Distinct().Count());
    }

    [Fact]
    public async Task What_was_remembered_under_one_adapter_is_not_used_under_another()
    {
        async Task<int> CachedAsync(params (string, float)[] set) => Cached(await models.AskAsync(Body(Questions[0], set, maxTokens: 4)));

        Assert.Equal(0, await CachedAsync(("first", 1f)));
        Assert.Equal(0, await CachedAsync(("second", 1f)));
        Assert.Equal(0, await CachedAsync(("first", 0.9f)));
        Assert.NotEqual(0, await CachedAsync(("first", 1f)));
    }

    [Fact]
    public async Task The_adapters_there_are_and_those_in_memory_are_told()
    {
        await models.AskAsync(Body(Questions[0], Set(("second", 1f))));
        var listed = await models.Http.GetFromJsonAsync<JsonElement>("/v1/models", TestContext.Current.CancellationToken);
        var health = await models.HealthAsync();

        Assert.Equal(["first", "second"], Strings(listed.GetProperty("adapters").EnumerateArray().Select(one => one.GetProperty("id"))));
        Assert.Equal(["second"], Strings(health.GetProperty("models")[0].GetProperty("adapters").EnumerateArray()));
        Assert.True(health.GetProperty("memory").GetProperty("adapter_bytes").GetInt64() > 0);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(1e30f)]
    public async Task An_adapter_that_drives_numbers_out_of_range_fails_alone(float value)
    {
        await using var one = await LocalModels.StartAsync(("ModelHost:Sequences", "1"));
        TinyAdapters.Write(one.Data.Folder("adapters"), "broken", GgufMutations.SproutPath, 1, every: value);
        var before = Text(await one.AskAsync(Body(Questions[0])));

        using var refused = await one.PostAsync(Body(Questions[0] + " And say more, please.", Set(("broken", 1f))));
        var error = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(422, (int)refused.StatusCode);
        Assert.Contains("numbers went out of range", error, StringComparison.Ordinal);
        Assert.Equal(before, Text(await one.AskAsync(Body(Questions[0]))));
    }

    [Fact]
    public async Task The_provider_layer_passes_on_what_its_target_names()
    {
        await using var layer = new ProviderLayer([], services => services.AddSingleton<IModelHostTransport>(models.Supervisor));
        var target = new ModelTarget(layer.Catalog.Find("local")!, "sprout", null, null) { Adapters = [new ModelAdapter("first", 0.5f)] };
        var options = new ChatOptions { Temperature = 0, MaxOutputTokens = 40 };

        using var client = layer.Router.ChatClient(target);
        var answer = await client.GetResponseAsync(Questions[0], options, TestContext.Current.CancellationToken);

        Assert.Equal(Text(await models.AskAsync(Body(Questions[0], Set(("first", 0.5f))))), answer.Text);
    }

    [Fact]
    public async Task When_a_client_with_an_adapter_goes_its_place_is_free_and_others_are_answered()
    {
        var body = Body("Tell me a story.", Set(("first", 1f)), maxTokens: 1500, stream: true);
        using (var abandoned = await models.OpenAsync(body))
        {
            Assert.NotNull(await abandoned.PieceAsync());
            Assert.NotEmpty(Text(await models.AskAsync(Body(Questions[0], Set(("second", 1f))))));
        }

        await Until.TrueAsync(async () => (await models.HealthAsync()).GetProperty("queue").GetProperty("active").GetInt32() == 0);
        Assert.NotEmpty(Text(await models.AskAsync(Body(Questions[0]))));
    }

    [Fact]
    public async Task A_file_that_was_replaced_is_read_anew()
    {
        var before = Text(await models.AskAsync(Body(Questions[0], Set(("first", 1f)))));
        Make("first", 3);

        Assert.NotEqual(before, Text(await models.AskAsync(Body(Questions[0], Set(("first", 1f))))));
    }

    [Fact]
    public async Task When_memory_is_short_the_adapter_unused_longest_gives_way_and_the_model_stays()
    {
        await using var tight = await LocalModels.StartAsync(("ModelHost:MemoryMegabytes", "99"));
        var folder = tight.Data.Folder("adapters");
        var size = 0L;
        var names = Enumerable.Range(0, 12).Select(i => $"a{i:00}").ToList();
        foreach (var name in names)
        {
            size = new FileInfo(TinyAdapters.Write(folder, name, GgufMutations.SproutPath, 5)).Length;
            await tight.AskAsync(Body("Hello", Set((name, 1f))));
        }

        var health = await tight.HealthAsync();
        var held = Strings(health.GetProperty("models")[0].GetProperty("adapters").EnumerateArray()).ToList();

        var memory = health.GetProperty("memory");
        var free = (99L << 20) - memory.GetProperty("planned_bytes").GetInt64() + memory.GetProperty("adapter_bytes").GetInt64();
        Assert.Equal(names[^(int)(free / size)..], held);
    }

    private void Make(string name, ulong seed) => TinyAdapters.Write(models.Data.Folder("adapters"), name, GgufMutations.SproutPath, seed);

    private static (string Name, float Scale)[] Set(params (string, float)[] adapters) => adapters;

    private static object Body(string question, (string Name, float Scale)[]? set = null, int maxTokens = 40, bool stream = false) =>
        new
        {
            model = "sprout",
            stream,
            temperature = 0,
            max_tokens = maxTokens,
            ignore_eos = maxTokens > 1000,
            messages = new[] { new { role = "user", content = question } },
            adapters = (set ?? []).Select(adapter => new { name = adapter.Name, scale = adapter.Scale }),
        };

    private static IEnumerable<string> Strings(IEnumerable<JsonElement> values) => values.Select(value => value.GetString()!);

    private static int Cached(JsonElement answer) =>
        answer.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32();

    private static string Text(JsonElement answer) =>
        answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
}
