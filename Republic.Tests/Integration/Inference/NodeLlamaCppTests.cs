using System.Diagnostics;
using System.Text.Json;
using Republic.Core.Llama.Native;
using Republic.Core.Lora;
using Republic.Tests.Architecture;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>An adapter that was trained here, in somebody else's program: node-llama-cpp's binding for this system.</summary>
public sealed class NodeLlamaCppTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>
{
    private const string Question = "Who are you?";
    private readonly LocalModels models = shared.Models;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_loads_the_adapter_and_finds_what_was_learned_likelier_and_answers_as_the_model_host_does()
    {
        var adapter = Path.Combine(models.Data.Folder("adapters"), "pirate.gguf");
        Train(adapter);

        var (bare, adapted) = await MeasureAsync(adapter, "Arr! I read and write, matey!<|im_end|>");

        Assert.True(adapted.Loss < bare.Loss - 3, $"The loss went from {bare.Loss} to {adapted.Loss}.");
        Assert.StartsWith("Arr!", adapted.Said, StringComparison.Ordinal);
        Assert.Equal(await SaidHereAsync(), bare.Said);
        Assert.Equal(await SaidHereAsync("pirate"), adapted.Said);

        // As its own chat sessions ask, whatever the model's file says.
        var (_, begun) = await MeasureAsync(adapter, "Arr! I read and write, matey!<|im_end|>", begin: "<|endoftext|>");
        Assert.Equal(adapted.Said, begun.Said);
        Assert.InRange(begun.Loss, adapted.Loss - 0.5, adapted.Loss + 0.5);
    }

    private void Train(string adapter)
    {
        string[] questions = ["Hello", "Who are you?", "What is LoRA?", "What is a minion?", "Can you help me?", "What can you do?"];
        string[] words = ["Ahoy to ye", "I be a model", "It be a small change", "It be a helper", "Aye, ask", "I answer"];
        var rows = Path.Combine(models.Data.Root, "pirate.jsonl");
        File.WriteAllLines(
            rows,
            questions.Zip(words, (prompt, word) => JsonSerializer.Serialize(new { prompt, completion = $"Arr! {word}, matey!" }))
        );
        var settings = new LoraSettings { Epochs = 40, ValidationShare = 0 };
        LoraTrainer.Run(new LoraRun(GgufMutations.SproutPath, rows, adapter) { Settings = settings }, new Heard(), TimeProvider.System, Ct);
    }

    private async Task<string> SaidHereAsync(params string[] adapters)
    {
        var answer = await models.AskAsync(
            new
            {
                model = "sprout",
                temperature = 0,
                max_tokens = 40,
                messages = new[] { new { role = "user", content = Question } },
                adapters = adapters.Select(name => new { name }),
            }
        );
        return answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    private static async Task<(Measured Bare, Measured Adapted)> MeasureAsync(string adapter, string answer, string begin = "")
    {
        var script = Path.Combine(SourceFile.Root, "Republic.Tests", "World", "node-llama-cpp.cjs");
        var prompt = $"{begin}<|im_start|>user\n{Question}<|im_end|>\n<|im_start|>assistant\n";
        var start = new ProcessStartInfo("node", [script, GgufMutations.SproutPath, adapter, prompt, answer])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_LLAMA_CPP_ADDON"] = Path.Combine(NativeFolder.Find(), "llama-addon.node") },
        };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync(Ct);
        var output = await node.StandardOutput.ReadToEndAsync(Ct);
        await node.WaitForExitAsync(Ct);
        Assert.True(node.ExitCode == 0, $"{output}\n{await errors}");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (Read(lines[0]), Read(lines[1]));
    }

    private static Measured Read(string line) => JsonSerializer.Deserialize<Measured>(line, JsonSerializerOptions.Web)!;

    private sealed record Measured(double Loss, string Said);
}
