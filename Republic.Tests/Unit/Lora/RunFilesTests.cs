using Republic.Core.Lora;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

public sealed class RunFilesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");
    private readonly LoraRun run;

    public RunFilesTests()
    {
        File.WriteAllText(At("model.gguf"), "model");
        File.WriteAllText(At("rows.jsonl"), "rows");
        run = new LoraRun(At("model.gguf"), At("rows.jsonl"), At("style.gguf"));
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Two_runs_to_one_adapter_are_refused_and_nothing_is_left_behind()
    {
        var first = RunFiles.Hold(run);

        Assert.StartsWith($"Another run is writing {run.AdapterPath}.", Refusal(run), StringComparison.Ordinal);
        RunFiles.Hold(run with { AdapterPath = At("other.gguf") }).Dispose();
        first.Dispose();
        RunFiles.Hold(run).Dispose();
        Assert.Equal(["model.gguf", "rows.jsonl"], folder.GetFiles().Select(file => file.Name).Order());
    }

    [Fact]
    public void A_lock_that_a_killed_run_left_holds_nobody_up()
    {
        File.WriteAllText(run.AdapterPath + ".lock", "");

        RunFiles.Hold(run).Dispose();

        Assert.False(File.Exists(run.AdapterPath + ".lock"));
    }

    [Theory]
    [InlineData("style.gguf")]
    [InlineData("style.gguf.candidate")]
    [InlineData("style.gguf.checkpoint")]
    [InlineData("style.gguf.checkpoint.unfinished")]
    [InlineData("style.gguf.lock")]
    public void What_the_run_reads_is_nothing_that_it_writes(string name)
    {
        File.WriteAllText(At(name), "mine");
        File.CreateSymbolicLink(At("link"), At(name));

        foreach (
            var asked in new[] { run with { DataPath = At(name) }, run with { ModelPath = At(name) }, run with { DataPath = At("link") } }
        )
        {
            Assert.Contains("would take the place of", Refusal(asked with { Resume = true, Overwrite = true }), StringComparison.Ordinal);
        }

        Assert.Equal("mine", File.ReadAllText(At(name)));
    }

    [Fact]
    public void An_adapter_is_replaced_only_when_asked_and_nothing_else_ever()
    {
        File.Copy(TinyAdapters.Write(folder.FullName, "old", GgufMutations.SproutPath, seed: 1), run.AdapterPath);

        Assert.EndsWith("exists. Give another name, or replace it (--force).", Refusal(run), StringComparison.Ordinal);
        Assert.EndsWith("(--force).", Refusal(run with { Resume = true }), StringComparison.Ordinal);
        RunFiles.Hold(run with { Overwrite = true }).Dispose();
        foreach (var text in new[] { "a letter", "" })
        {
            File.WriteAllText(run.AdapterPath, text);
            Assert.Contains("is no adapter", Refusal(run with { Overwrite = true }), StringComparison.Ordinal);
        }

        File.WriteAllText(run.CheckpointPath, "begun with --force");
        RunFiles.Hold(run with { Resume = true }).Dispose();
    }

    [Fact]
    public void The_place_for_the_adapter_has_to_be_one()
    {
        Directory.CreateDirectory(At("folder"));

        Assert.Contains("is a folder.", Refusal(run with { AdapterPath = At("folder") }), StringComparison.Ordinal);
        Assert.Contains("is a folder.", Refusal(run with { AdapterPath = At("nothing") + "/" }), StringComparison.Ordinal);
        Assert.StartsWith("There is no folder ", Refusal(run with { AdapterPath = At("none/a.gguf") }), StringComparison.Ordinal);
        Assert.StartsWith("Nothing can be written beside ", Refusal(run with { AdapterPath = "/proc/a.gguf" }), StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private static string Refusal(LoraRun run) => Assert.Throws<LoraException>(() => RunFiles.Hold(run)).Message;
}
