using Republic.Core;
using Republic.Core.Lora.Adapters;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Cli;

/// <summary><c>republic train</c> as people and scripts run it.</summary>
public sealed class TrainTests : IDisposable
{
    private static readonly string[] Small = Settings(epochs: 3);

    /// <summary>Long enough that a signal from a busy test still meets it at work: 500 steps.</summary>
    private static readonly string[] Long = Settings(epochs: 100);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Sixty_rows_teach_the_built_in_model_and_the_adapter_answers_in_chat()
    {
        StyleRows.Write(folder.FullName);

        var (code, output, error) = await TrainAsync("sprout", "--epochs", "2", "--replay", "1", "--threads", "1");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("60 rows, 60 usable.", output, StringComparison.Ordinal);
        Assert.Contains("48 answers that the model gave before are learned beside the 48 rows", output, StringComparison.Ordinal);
        Assert.Contains("step 48/48  epoch 2  loss ", output, StringComparison.Ordinal);
        var facts = AdapterFile.Read(Path.Combine(folder.FullName, "style.gguf"));
        Assert.True(facts.LossAfter < facts.LossBefore / 2, $"{facts.LossBefore} -> {facts.LossAfter}");
        var (_, plain, _) = await ChatAsync();
        var (chatCode, styled, _) = await ChatAsync("--adapter", "style.gguf");
        Assert.Equal(0, chatCode);
        Assert.NotEqual(plain, styled);
    }

    [Fact]
    public async Task A_process_killed_at_any_step_again_and_again_leaves_the_bytes_of_one_that_was_not()
    {
        var random = new SeededRandom(20);
        var model = TinyModels.Write(folder.FullName, TinyModelShape.Llama);
        StyleRows.Write(folder.FullName, count: 24);
        Assert.Equal(0, (await TrainAsync(model, Small)).Code);
        var style = Path.Combine(folder.FullName, "style.gguf");
        var expected = await File.ReadAllBytesAsync(style, TestContext.Current.CancellationToken);
        File.Delete(style);

        var kills = 0;
        for (var step = 0; !File.Exists(style); )
        {
            await using var process = new TrainProcess(
                folder.FullName,
                [.. Arguments(model, Small), "--resume", "--checkpoint-seconds", "0"]
            );
            step += 1 + random.Next(7);
            if (await process.ReachesAsync(step))
            {
                process.Kill();
                kills++;
            }

            await process.EndAsync();
        }

        Assert.InRange(kills, 3, 18);
        Assert.Equal(expected, await File.ReadAllBytesAsync(style, TestContext.Current.CancellationToken));
        Assert.Equal(["rows.jsonl", "style.gguf", "tiny.gguf"], folder.GetFiles().Select(file => file.Name).Order());
    }

    [Fact]
    public async Task An_interrupted_run_says_how_to_go_on_and_does()
    {
        var model = TinyModels.Write(folder.FullName, TinyModelShape.Llama);
        StyleRows.Write(folder.FullName, count: 24);
        await using (var process = new TrainProcess(folder.FullName, Arguments(model, Long)))
        {
            Assert.True(await process.ReachesAsync(2));
            process.Interrupt();
            Assert.Equal((130, ""), await process.EndAsync());
            Assert.Equal("Stopped. The checkpoint is style.gguf.checkpoint; the same command with --resume goes on.", process.Output[^1]);
        }

        var (refused, _, why) = await TrainAsync(model, Long);
        await using var resumed = new TrainProcess(folder.FullName, [.. Arguments(model, Long), "--resume"]);
        var goesOn = await resumed.SaysAsync("Goes on after step ");

        Assert.Equal(1, refused);
        Assert.Contains("Go on with it (--resume), or delete the file", why, StringComparison.Ordinal);
        Assert.True(goesOn, string.Join('\n', resumed.Output));
        Assert.Matches("Goes on after step [0-9]+ of 500\\.", resumed.Output[^1]);
        Assert.True(await resumed.ReachesAsync(3));
    }

    [Fact]
    public async Task A_full_disk_ends_the_run_and_leaves_the_last_checkpoint()
    {
        var model = TinyModels.Write(folder.FullName, TinyModelShape.Llama);
        StyleRows.Write(folder.FullName, count: 24);
        await using (var process = new TrainProcess(folder.FullName, Arguments(model, Long)))
        {
            Assert.True(await process.ReachesAsync(2));
            process.Interrupt();
            await process.EndAsync();
        }

        var checkpoint = Path.Combine(folder.FullName, "style.gguf.checkpoint");
        var before = await File.ReadAllBytesAsync(checkpoint, TestContext.Current.CancellationToken);
        await using var full = TrainProcess.OnFullDisk(folder.FullName, [.. Arguments(model, Long), "--resume"]);

        var (code, error) = await full.EndAsync();

        Assert.Equal(1, code);
        Assert.Matches("The checkpoint could not be written: .+ The one of step [0-9]+ is kept. Make room on the disk", error);
        Assert.Equal(before, await File.ReadAllBytesAsync(checkpoint, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(folder.GetFiles(), file => file.Name.EndsWith(".unfinished", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_of_another_file_are_held_out_when_it_is_named()
    {
        var model = TinyModels.Write(folder.FullName, TinyModelShape.Llama);
        var rows = StyleRows.Write(folder.FullName, count: 24);
        File.WriteAllLines(Path.Combine(folder.FullName, "others.jsonl"), File.ReadLines(rows).TakeLast(4));
        File.WriteAllLines(rows, File.ReadLines(rows).Take(20).ToArray());

        var (code, output, error) = await TrainAsync(model, [.. Small, "--held-out", "others.jsonl"]);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Held out: 4 rows, 4 usable.", output, StringComparison.Ordinal);
        Assert.Contains("step 15/15", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_adapter_is_gone_on_from_when_it_is_named()
    {
        var model = TinyModels.Write(folder.FullName, TinyModelShape.Llama);
        StyleRows.Write(folder.FullName, count: 24);
        Assert.Equal(0, (await TrainAsync(model, Small)).Code);
        string[] more = ["train", "--model", model, "--data", "rows.jsonl", "--out", "more.gguf", "--from", "style.gguf", "--epochs", "1"];

        var (code, output, error) = await World.Cli.RunAsync(folder.FullName, "", [.. more, "--threads", "1", "--replay", "0"]);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Rank 4,", output, StringComparison.Ordinal);
        Assert.Contains("Before training, with the weights that the run begins with,", output, StringComparison.Ordinal);
        var (first, second) = (
            AdapterFile.Read(Path.Combine(folder.FullName, "style.gguf")),
            AdapterFile.Read(Path.Combine(folder.FullName, "more.gguf"))
        );
        Assert.Equal(first.LossAfter!.Value, second.LossBefore!.Value, 1e-6);
    }

    [Theory]
    [InlineData(2, "--model is missing", "--rank", "4")]
    [InlineData(1, "no model of this name", "--model", "nobody", "--data", "rows.jsonl", "--out", "a.gguf")]
    [InlineData(1, "There is no file nowhere.jsonl", "--model", "sprout", "--data", "nowhere.jsonl", "--out", "a.gguf")]
    [InlineData(1, "no adapter of this name", "--model", "sprout", "--data", "rows.jsonl", "--out", "a.gguf", "--from", "nobody")]
    [InlineData(1, "is a folder", "--model", "sprout", "--data", "rows.jsonl", "--out", "./")]
    [InlineData(1, "letters GGUF", "--model", "rows.jsonl", "--data", "rows.jsonl", "--out", "a.gguf")]
    public async Task What_cannot_be_done_is_said(int code, string expected, params string[] args)
    {
        StyleRows.Write(folder.FullName);

        var (exit, _, error) = await World.Cli.RunAsync(folder.FullName, "", ["train", .. args]);

        Assert.Equal(code, exit);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_adapter_is_merged_into_a_model_that_answers_alike()
    {
        var adapter = TinyAdapters.Write(folder.FullName, "odd", GgufMutations.SproutPath, seed: 1);
        string[] merge = ["model", "merge", "--model", "sprout", "--adapter", adapter, "--out"];

        var (code, output, error) = await World.Cli.RunAsync(folder.FullName, "", [.. merge, "merged.gguf", "--type", "f32"]);
        var (wrong, _, why) = await World.Cli.RunAsync(folder.FullName, "", [.. merge, "other.gguf", "--type", "q4_0"]);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("merged.gguf: on 20 prompts it differs", output, StringComparison.Ordinal);
        Assert.Equal(1, wrong);
        Assert.Contains("choose f32, f16, bf16 or q8_0", why, StringComparison.Ordinal);
        var (_, together, _) = await ChatAsync("--adapter", adapter);
        var (_, merged, _) = await ChatWithAsync("merged.gguf");
        var (_, plain, _) = await ChatAsync();
        // An adapter of random numbers makes noise, and in noise two words are soon as likely as each other.
        Assert.Equal(together[..16], merged[..16]);
        Assert.NotEqual(plain[..16], merged[..16]);
    }

    [Theory]
    [InlineData(2, "--adapter is given twice", "merge", "--model", "sprout", "--adapter", "a", "--adapter", "b", "--out", "x.gguf")]
    [InlineData(1, "no model of this name", "merge", "--model", "nobody", "--adapter", "odd.gguf", "--out", "x.gguf")]
    [InlineData(1, "There is no folder for", "merge", "--model", "sprout", "--adapter", "odd.gguf", "--out", "no/x.gguf")]
    [InlineData(1, "was trained on", "merge", "--model", "sprout", "--adapter", "other.gguf", "--out", "x.gguf")]
    public async Task What_a_model_command_cannot_do_is_said_in_one_line(int code, string expected, params string[] args)
    {
        TinyAdapters.Write(folder.FullName, "odd", GgufMutations.SproutPath, seed: 1);
        var another = AdapterFault.Key(AdapterFile.BaseSha256Key, new string('a', 64));
        TinyAdapters.Write(folder.FullName, "other", GgufMutations.SproutPath, seed: 1, another);

        var (exit, _, error) = await World.Cli.RunAsync(folder.FullName, "", ["model", .. args]);

        Assert.Equal(code, exit);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.DoesNotContain(folder.GetFiles(), file => file.Name.StartsWith("x.gguf", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_help_names_every_option()
    {
        var (code, output, _) = await World.Cli.RunAsync(folder.FullName, "", "train", "--help");

        Assert.Equal(0, code);
        Assert.All(
            Arguments("sprout", [.. Small, "--held-out", "x", "--from", "x"]).Where(word => word.StartsWith("--")),
            option => Assert.Contains(option, output)
        );
    }

    private async Task<(int Code, string Output, string Error)> TrainAsync(string model, params string[] more) =>
        await World.Cli.RunAsync(folder.FullName, "", ["train", .. Arguments(model, more)]);

    private Task<(int Code, string Output, string Error)> ChatAsync(params string[] more) => ChatWithAsync("sprout", more);

    private Task<(int Code, string Output, string Error)> ChatWithAsync(string model, params string[] more) =>
        World.Cli.RunAsync(
            folder.FullName,
            "What is the moon?\n",
            ["chat", "--model", model, "--temperature", "0", "--threads", "1", .. more]
        );

    private static string[] Arguments(string model, string[] more) =>
        ["--model", model, "--data", "rows.jsonl", "--out", "style.gguf", .. more];

    private static string[] Settings(int epochs) =>
        [
            "--rank",
            "4",
            "--learning-rate",
            "0.02",
            "--epochs",
            $"{epochs}",
            "--replay",
            "0",
            "--early-stopping-patience",
            "0",
            "--dropout",
            "0.1",
            "--threads",
            "1",
        ];
}
