using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Republic.Core;
using Republic.Core.Lora.Adapters;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>Adapters that may not be used: each is refused with its reason, and the model goes on answering.</summary>
public sealed class AdapterRefusalTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>
{
    private readonly LocalModels models = shared.Models;

    [Theory]
    [InlineData("""[{"name":"nobody"}]""", 404, "There is no adapter \"nobody\" here")]
    [InlineData("""[{"name":"../models/sprout"}]""", 404, "There is no adapter")]
    [InlineData("""[{"scale":1}]""", 400, "without a name")]
    [InlineData("""[null]""", 400, "without a name")]
    [InlineData("""[{"name":"x","scale":99}]""", 400, "from -10 to 10")]
    [InlineData("""[{"name":"x"},{"name":"x"}]""", 400, "names one twice")]
    [InlineData("""[{"name":"x","scale":"much"}]""", 400, "wrong kind")]
    [InlineData("""{"name":"x"}""", 400, "wrong kind")]
    public async Task A_wrong_choice_is_refused_with_what_is_wrong(string adapters, int status, string expected)
    {
        var body = $$"""{"model":"sprout","messages":[{"role":"user","content":"Hello"}],"adapters":{{adapters}}}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await models.Http.PostAsync("/v1/chat/completions", content, TestContext.Current.CancellationToken);

        await ExpectAsync(response, status, expected);
    }

    public static TheoryData<string, string> Faults() =>
        new()
        {
            { "general.type=model", "is no adapter" },
            { "adapter.type=ia3", "no LoRA adapter" },
            { "general.architecture=qwen2", "architecture qwen2" },
            { "alpha of 64 bits", "adapter.lora.alpha" },
            { "alpha a text", "adapter.lora.alpha" },
            { "switched on in mid-text", "mid-text" },
            { "another base", "is another file" },
            { "a base that is a number", "is no text" },
            { "an unknown weight", "does not have" },
            { "a norm", "not one of the matrices" },
            { "no pair", "is missing" },
            { "a stranger", "no half of a pair" },
            { "other ranks", "do not fit" },
            { "other inputs", "do not fit" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_file_that_does_not_fit_is_refused_with_the_reason(string fault, string expected)
    {
        TinyAdapters.Write(models.Data.Folder("adapters"), "wrong", GgufMutations.SproutPath, 1, Fault(fault));

        using var response = await models.PostAsync(Hello("wrong"));

        await ExpectAsync(response, 422, expected);
    }

    [Fact]
    public async Task An_adapter_of_another_model_of_the_same_shape_is_refused_unless_it_names_no_base()
    {
        var other = GgufMutations.Sprout.ToArray();
        other[^1] ^= 1;
        models.AddModel("twin", other);
        var folder = models.Data.Folder("adapters");
        TinyAdapters.Write(folder, "ours", GgufMutations.SproutPath, 1);
        TinyAdapters.Write(folder, "foreign", GgufMutations.SproutPath, 1, AdapterFault.Key(AdapterFile.BaseSha256Key, null));

        using var refused = await models.PostAsync(Hello("ours", "twin"));

        await ExpectAsync(refused, 422, "is another file");
        Assert.Equal("twin", (await models.AskAsync(Hello("foreign", "twin"))).GetProperty("model").GetString());
        Assert.Equal("sprout", (await models.AskAsync(Hello("ours"))).GetProperty("model").GetString());
    }

    [Fact]
    public async Task One_that_can_never_fit_beside_its_model_is_refused_at_once()
    {
        await using var small = await LocalModels.StartAsync(("ModelHost:MemoryMegabytes", "150"));
        var wide = TinyAdapters.Write(small.Data.Folder("adapters"), "wide", GgufMutations.SproutPath, 1);
        using (var file = File.OpenWrite(wide))
        {
            file.SetLength(100 << 20);
        }

        using var refused = await small.PostAsync(Hello("wide"));

        await ExpectAsync(refused, 503, "The adapter \"wide\"");
    }

    [Fact]
    public async Task Damaged_files_are_refused_or_used_and_never_end_the_host()
    {
        await models.HealthAsync();
        var host = models.Supervisor.Status.ProcessId;
        var folder = models.Data.Folder("adapters");
        var whole = File.ReadAllBytes(TinyAdapters.Write(folder, "whole", GgufMutations.SproutPath, 1));
        var header = whole.AsSpan().LastIndexOf(".lora_b"u8) + 40;
        var random = new SeededRandom(7);
        for (var i = 0; i < 60; i++)
        {
            var damaged = whole.ToArray();
            for (var change = random.Next(4); change >= 0; change--)
            {
                damaged[random.Next(header)] = (byte)random.Next(256);
            }

            await File.WriteAllBytesAsync(Path.Combine(folder, "damaged.gguf"), damaged, TestContext.Current.CancellationToken);
            using var response = await models.PostAsync(Hello("damaged"));
            Assert.True((int)response.StatusCode is 200 or 422, $"{response.StatusCode} at damage {i}");
        }

        Assert.Equal(host, models.Supervisor.Status.ProcessId);
    }

    private static AdapterFault Fault(string name) =>
        name switch
        {
            "general.type=model" => AdapterFault.Key("general.type", "model"),
            "adapter.type=ia3" => AdapterFault.Key("adapter.type", "ia3"),
            "general.architecture=qwen2" => AdapterFault.Key("general.architecture", "qwen2"),
            "alpha of 64 bits" => AdapterFault.Key("adapter.lora.alpha", 8.0),
            "alpha a text" => AdapterFault.Key("adapter.lora.alpha", "8"),
            "switched on in mid-text" => AdapterFault.Key("adapter.alora.invocation_tokens", new uint[] { 1, 2 }),
            "another base" => AdapterFault.Key(AdapterFile.BaseSha256Key, new string('0', 64)),
            "a base that is a number" => AdapterFault.Key(AdapterFile.BaseSha256Key, 7u),
            "an unknown weight" => AdapterFault.Renamed("blk.0.attn_q.", "blk.99.attn_q."),
            "a norm" => AdapterFault.Renamed("blk.0.attn_q.", "blk.0.attn_norm."),
            "no pair" => AdapterFault.Renamed("blk.0.attn_q.weight.lora_b", "blk.99.attn_q.weight.lora_b"),
            "a stranger" => AdapterFault.Renamed("blk.0.attn_q.weight.lora_a", "blk.0.attn_q.weight.magnitude"),
            "other ranks" => AdapterFault.Resized("blk.0.attn_q.weight.lora_b", inputs: 8),
            _ => AdapterFault.Resized("blk.0.attn_q.weight.lora_a", inputs: 64),
        };

    private static object Hello(string adapter, string model = "sprout") =>
        new
        {
            model,
            temperature = 0,
            max_tokens = 4,
            messages = new[] { new { role = "user", content = "Hello" } },
            adapters = new[] { new { name = adapter } },
        };

    private static async Task ExpectAsync(HttpResponseMessage response, int status, string expected)
    {
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(expected, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
