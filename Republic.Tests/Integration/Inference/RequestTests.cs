using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>The child's HTTP: shapes, figures and refusals.</summary>
public sealed class RequestTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>
{
    private readonly LocalModels models = shared.Models;

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", "model", "model is missing")]
    [InlineData("""{"model":"sprout"}""", "messages", "messages is missing or empty")]
    [InlineData("""{"model":"sprout","messages":[{"role":"king","content":"x"}]}""", "messages", "role is \\u0022king\\u0022")]
    [InlineData("""{"model":"sprout","messages":[{"role":"user","content":"x"},null]}""", "messages", "messages[1].role is")]
    [InlineData("""{"model":"sprout","messages":[{"role":"user"}]}""", "messages", "content has to be a text")]
    [InlineData("""{"model":"sprout","messages":[{"role":"user","content":[{"type":"image_url"}]}]}""", "messages", "read text alone")]
    [InlineData("""{"model":"sprout","messages":[{"role":"user","content":[]}]}""", "messages", "content has to be a text")]
    [InlineData("""{"model":"sprout","temperature":9,"messages":[{"role":"user","content":"x"}]}""", "temperature", "temperature is 9")]
    [InlineData("""{"model":"sprout","temperature":"hot","messages":[]}""", "temperature", "wrong kind")]
    [InlineData("""{"model":"sprout","max_tokens":0,"messages":[{"role":"user","content":"x"}]}""", "max_tokens", "1 or more")]
    [InlineData("""{"model":"sprout","stop":5,"messages":[{"role":"user","content":"x"}]}""", "stop", "a text or a list")]
    [InlineData("""{"model":"sprout","n":9,"messages":[{"role":"user","content":"x"}]}""", "n", "from 1 to 8")]
    [InlineData("""{"model":"sprout","top_logprobs":3,"messages":[{"role":"user","content":"x"}]}""", "top_logprobs", "logprobs: true")]
    [InlineData("""{"model":"sprout","logit_bias":{"99999999":1},"messages":[{"role":"user","content":"x"}]}""", "logit_bias", "no token")]
    [InlineData("""{"model":"sprout","logit_bias":{"5":101},"messages":[{"role":"user","content":"x"}]}""", "logit_bias", "101")]
    [InlineData(
        """{"model":"sprout","messages":[{"role":"user","content":"x"},{"role":"tool","tool_call_id":"c","content":"x"}]}""",
        "messages",
        "messages[1].tool_call_id names no call"
    )]
    [InlineData(
        """{"model":"sprout","messages":[{"role":"assistant","tool_calls":[{"id":"c"}]}]}""",
        "messages",
        "tool_calls[0] has to be"
    )]
    [InlineData(
        """{"model":"sprout","messages":[{"role":"assistant","tool_calls":[{"id":"c","function":{"name":"f","arguments":"["}}]}]}""",
        "messages",
        "is no JSON object"
    )]
    [InlineData("""not json""", "", "not a JSON object")]
    public Task A_wrong_field_is_named_with_what_would_be_right(string body, string field, string expected) =>
        AssertRefusedAsync(body, field, expected);

    [Theory]
    [InlineData("""{"model":"sprout","tools":[{}],"messages":[{"role":"user","content":"x"}]}""", "tools[0]", "has to be {")]
    [InlineData(
        """{"model":"sprout","tools":[{"type":"function","function":{"name":"a\n"}}],"messages":[{"role":"user","content":"x"}]}""",
        "tools[0].function.name",
        "1 to 64"
    )]
    [InlineData(
        """{"model":"sprout","n":9,"response_format":{"type":"json_object","type":"text"},"messages":[{"role":"user","content":"x"}]}""",
        "n",
        "from 1 to 8"
    )]
    [InlineData(
        """{"model":"sprout","response_format":{"type":"json_object","schema":7},"messages":[{"role":"user","content":"x"}]}""",
        "response_format",
        "A schema has to be"
    )]
    [InlineData("""{"model":"sprout","tool_choice":"required","messages":[{"role":"user","content":"x"}]}""", "tool_choice", "no tools")]
    [InlineData(
        """{"model":"sprout","response_format":{"type":"json_schema"},"messages":[{"role":"user","content":"x"}]}""",
        "response_format",
        "with name and schema"
    )]
    [InlineData(
        """{"model":"sprout","response_format":{"type":"json_schema","json_schema":{"schema":{"not":{}}}},"messages":[{"role":"user","content":"x"}]}""",
        "response_format",
        "which cannot be promised"
    )]
    public Task A_wrong_tool_or_format_is_named_with_what_would_be_right(string body, string field, string expected) =>
        AssertRefusedAsync(body, field, expected);

    private async Task AssertRefusedAsync(string body, string field, string expected)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await models.Http.PostAsync("/v1/chat/completions", content, TestContext.Current.CancellationToken);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error");

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(field, error.GetProperty("param").GetString());
        Assert.Contains(
            expected.Replace("\\u0022", "\"", StringComparison.Ordinal),
            error.GetProperty("message").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_conversation_longer_than_the_context_is_refused_with_both_numbers()
    {
        using var response = await models.PostAsync(LocalModels.Question(string.Concat(Enumerable.Repeat("word ", 3000))));
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error");

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("context_length_exceeded", error.GetProperty("code").GetString());
        Assert.True(error.GetProperty("prompt_tokens").GetInt32() >= 3000);
        Assert.Equal(2047, error.GetProperty("context_length").GetInt32());
        Assert.Contains("2047", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_that_no_context_could_hold_are_refused_unread()
    {
        var question = new
        {
            model = "sprout",
            whole_history = true,
            messages = Enumerable.Repeat(new { role = "user", content = "a" }, 200_000),
        };
        using var response = await models.PostAsync(question);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error");

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("context_length_exceeded", error.GetProperty("code").GetString());
        Assert.Contains("at least 200000 tokens", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embeddings_have_the_model_s_length_and_tell_texts_apart()
    {
        var body = new { model = "sprout", input = new[] { "What is LoRA?", "What is LoRA?", "Good morning, my friend." } };
        var answer = await models.AskAsync(body, "/v1/embeddings");
        var vectors = answer.GetProperty("data").EnumerateArray().Select(Vector).ToList();

        Assert.All(vectors, vector => Assert.Equal(256, vector.Length));
        Assert.All(vectors, vector => Assert.Equal(1, vector.Sum(x => x * x), 1e-3));
        Assert.Equal(vectors[0], vectors[1]);
        Assert.True(vectors[0].Zip(vectors[2], (a, b) => a * b).Sum() < 0.99);
        Assert.True(answer.GetProperty("usage").GetProperty("total_tokens").GetInt32() > 10);
    }

    [Fact]
    public async Task Embeddings_come_as_base64_to_clients_that_ask_for_it()
    {
        var asFloats = await models.AskAsync(new { model = "sprout", input = "Hello" }, "/v1/embeddings");
        var asText = await models.AskAsync(
            new
            {
                model = "sprout",
                input = "Hello",
                encoding_format = "base64",
            },
            "/v1/embeddings"
        );

        var bytes = Convert.FromBase64String(asText.GetProperty("data")[0].GetProperty("embedding").GetString()!);
        Assert.Equal(Vector(asFloats.GetProperty("data")[0]), Enumerable.Range(0, 256).Select(i => BitConverter.ToSingle(bytes, i * 4)));
    }

    [Fact]
    public async Task The_models_and_what_they_take_are_told()
    {
        await models.AskAsync(LocalModels.Question("Hello"));
        var list = await models.Http.GetFromJsonAsync<JsonElement>("/v1/models", TestContext.Current.CancellationToken);
        var health = await models.HealthAsync();

        var sprout = list.GetProperty("data").EnumerateArray().Single(model => model.GetProperty("id").GetString() == "sprout");
        Assert.True(sprout.GetProperty("loaded").GetBoolean());
        Assert.Equal(new FileInfo(GgufMutations.SproutPath).Length, sprout.GetProperty("bytes").GetInt64());
        var memory = health.GetProperty("memory");
        Assert.InRange(memory.GetProperty("model_bytes").GetInt64(), 5_000_000, sprout.GetProperty("bytes").GetInt64());
        Assert.Equal(4 * 2048 * 2560, memory.GetProperty("context_bytes").GetInt64());
        Assert.True(memory.GetProperty("rss_bytes").GetInt64() > memory.GetProperty("model_bytes").GetInt64());
    }

    [Fact]
    public async Task When_the_budget_is_reached_the_model_unused_longest_gives_way()
    {
        // Sprout and its conversations are planned with 99 MB.
        await using var tight = await LocalModels.StartAsync(("ModelHost:MemoryMegabytes", "240"));
        foreach (var name in new[] { "one", "two", "three" })
        {
            tight.AddModel(name, GgufMutations.Sprout);
        }

        foreach (var name in new[] { "one", "two", "one", "three" })
        {
            await tight.AskAsync(LocalModels.Question("Hello", model: name, maxTokens: 2));
        }

        var loaded = (await tight.HealthAsync())
            .GetProperty("models")
            .EnumerateArray()
            .Select(model => model.GetProperty("id").GetString());
        Assert.Equal(["one", "three"], loaded.Order());
    }

    [Theory]
    [InlineData("8", "Take a smaller model, or raise")]
    [InlineData("90", "Set ModelHost:ContextLength to 1280, take a smaller model, or raise")]
    public async Task A_model_larger_than_the_budget_is_refused_with_both_sizes_and_the_context_that_would_fit(string budget, string advice)
    {
        await using var tight = await LocalModels.StartAsync(("ModelHost:MemoryMegabytes", budget));
        using var response = await tight.PostAsync(LocalModels.Question("Hello"));
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(503, (int)response.StatusCode);
        Assert.Contains("insufficient_memory", body, StringComparison.Ordinal);
        Assert.Contains("needs 96 MB", body, StringComparison.Ordinal);
        Assert.Contains($"{budget} MB that local models may take. {advice} ModelHost:MemoryMegabytes.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_loopback_nobody_without_the_secret_is_answered()
    {
        await using var open = await LocalModels.StartAsync(("ModelHost:UseLoopback", "true"));
        Assert.Equal("ok", (await open.HealthAsync()).GetProperty("status").GetString());
        var address = await open.Supervisor.AddressAsync(TestContext.Current.CancellationToken);

        using var stranger = new HttpClient();
        using var response = await stranger.GetAsync($"http://{address.EndPoint}/health", TestContext.Current.CancellationToken);

        Assert.Equal(401, (int)response.StatusCode);
    }

    [Fact]
    public async Task The_socket_and_its_folder_are_their_owner_s_alone()
    {
        await models.HealthAsync();
        var folder = models.Data.Path("model-host");

        const UnixFileMode readWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(readWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.Equal(readWrite, File.GetUnixFileMode(Directory.GetFiles(folder, "*.sock").Single()));
    }

    private static float[] Vector(JsonElement item) =>
        [.. item.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle())];
}
