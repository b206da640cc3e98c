using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core.Llama.Files;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>The built-in model answers through a real child process.</summary>
public sealed class SproutTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>
{
    private readonly LocalModels models = shared.Models;

    [Fact]
    public async Task It_answers_what_LoRA_is_and_says_how_many_tokens_that_took()
    {
        var answer = await models.AskAsync(LocalModels.Question("What is LoRA?"));

        Assert.Contains("adapter", Text(answer), StringComparison.Ordinal);
        var usage = answer.GetProperty("usage");
        Assert.Equal("stop", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(12, usage.GetProperty("prompt_tokens").GetInt32());
        Assert.InRange(usage.GetProperty("completion_tokens").GetInt32(), 10, 100);
    }

    [Fact]
    public async Task At_temperature_0_the_same_question_gets_the_same_answer()
    {
        var first = Text(await models.AskAsync(LocalModels.Question("What can you do?")));

        Assert.NotEmpty(first);
        Assert.Equal(first, Text(await models.AskAsync(LocalModels.Question("What can you do?"))));
    }

    [Fact]
    public async Task Sampling_that_a_request_leaves_out_is_the_models_own()
    {
        object Asked(double? temperature, double? topP)
        {
            var body = new JsonObject
            {
                ["model"] = "sprout",
                ["seed"] = 7,
                ["max_tokens"] = 200,
                ["ignore_eos"] = true,
                ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Tell me a story." }),
            };
            foreach (var (name, value) in new[] { ("temperature", temperature), ("top_p", topP) })
            {
                if (value is { } stated)
                {
                    body[name] = stated;
                }
            }

            return body;
        }

        var own = Text(await models.AskAsync(Asked(null, null)));

        Assert.Equal(Text(await models.AskAsync(Asked(ModelSampling.BuiltIn.Temperature, ModelSampling.BuiltIn.TopP))), own);
        Assert.NotEqual(Text(await models.AskAsync(Asked(ModelSampling.Usual.Temperature, ModelSampling.Usual.TopP))), own);
    }

    [Theory]
    [InlineData("R2-D2")]
    [InlineData("Mr. Smith (Sales)")]
    [InlineData("<img src=x> alice")]
    public async Task A_minion_says_its_name_whatever_signs_it_has(string name)
    {
        object Asked(bool stream) =>
            new
            {
                model = "sprout",
                stream,
                temperature = 0,
                max_tokens = 120,
                messages = new[]
                {
                    new { role = "system", content = $"You are {name}, a helpful minion." },
                    new { role = "user", content = "Who are you?" },
                },
            };

        Assert.StartsWith($"I am {name}, a helpful minion.", Text(await models.AskAsync(Asked(stream: false))), StringComparison.Ordinal);
        using var answer = await models.OpenAsync(Asked(stream: true));
        var text = "";
        while (await answer.PieceAsync() is { } piece)
        {
            text += piece;
        }

        Assert.StartsWith($"I am {name}, a helpful minion.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_of_the_child_holds_no_secret()
    {
        // Not the real name of a secret: other tests in this process would take it for theirs.
        Environment.SetEnvironmentVariable("A_SECRET_OF_THE_WEB_PROCESS", "canary");
        await using var fresh = await LocalModels.StartAsync();
        await fresh.HealthAsync();

        var environment = await File.ReadAllTextAsync(
            $"/proc/{fresh.Supervisor.Status.ProcessId}/environ",
            TestContext.Current.CancellationToken
        );

        var allowed = new[]
        {
            "PATH",
            "HOME",
            "TMPDIR",
            "LANG",
            "DOTNET_ROOT",
            "DOTNET_ROOT_X64",
            "DOTNET_ROOT_ARM64",
            "GGML_NO_BACKTRACE",
            "DOTNET_GCgen0size",
        };
        var names = environment.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]);
        Assert.Empty(names.Except(allowed));
        Assert.Contains("GGML_NO_BACKTRACE=1", environment, StringComparison.Ordinal);
        Assert.Contains("DOTNET_GCgen0size=2000000", environment, StringComparison.Ordinal);
    }

    private static string Text(JsonElement answer) =>
        answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
}
