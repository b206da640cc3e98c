using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Republic.Core;
using Republic.Core.Llama.Native;
using Republic.Core.Lora.Checks;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Rows;
using Republic.Core.Trainer;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Trainer;

/// <summary>Losses of single rows, measured in a child process.</summary>
public sealed class LossTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>, IDisposable
{
    private readonly TrainingSupervisor training = shared.Models.Training;
    private readonly TinyRuns runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public async Task Each_line_has_the_loss_that_llama_cpp_computes_and_the_one_that_cannot_be_used_none()
    {
        var rows = await File.ReadAllLinesAsync(runs.Data, TestContext.Current.CancellationToken);
        string[] lines = [rows[0], "", "no row", rows[1], """{"prompt":"Say 3","completion":"3 it is."}""", rows[1]];
        await File.WriteAllLinesAsync(runs.Data, lines, TestContext.Current.CancellationToken);
        var adapter = Adapter();

        var (plain, changed) = await BothAsync(new(runs.Data), new(runs.Data, adapter));

        Assert.Equal(lines.Length, plain.Count);
        Assert.Equal([1, 2], Enumerable.Range(0, lines.Length).Where(i => plain[i] is null));
        Assert.Equal(plain[3], plain[5]);
        foreach (var i in new[] { 0, 3, 4 })
        {
            Assert.Equal(Reference(lines[i], null), plain[i]!.Value, 1e-4);
            Assert.Equal(Reference(lines[i], adapter), changed[i]!.Value, 1e-4);
            Assert.NotEqual(plain[i]!.Value, changed[i]!.Value, 1e-3);
        }
    }

    [Fact]
    public async Task Files_are_measured_one_after_the_other_and_each_as_if_it_were_alone()
    {
        var adapter = Adapter();
        var few = runs.Data + ".few";
        await File.WriteAllLinesAsync(few, File.ReadLines(runs.Data).Take(3), TestContext.Current.CancellationToken);
        var none = runs.Data + ".none";
        await File.WriteAllTextAsync(none, "", TestContext.Current.CancellationToken);

        var measured = await AllAsync(new(runs.Base, [new(few, adapter), new(none), new(few), new(few, adapter)]));

        Assert.Equal([3, 0, 3, 3], measured.Select(file => file.Count));
        Assert.Equal(await MeasureAsync(Order(new(few))), measured[2]);
        Assert.Equal(await MeasureAsync(Order(new(few, adapter))), measured[0]);
        Assert.Equal(measured[0], measured[3]);
        Assert.NotEqual(measured[0], measured[2]);
    }

    [Fact]
    public async Task A_long_line_is_read_in_parts_as_if_in_one_and_cut_where_it_is_told()
    {
        var line = JsonSerializer.Serialize(new { prompt = "Count.", completion = string.Join(' ', Enumerable.Range(100, 100)) });
        await File.WriteAllLinesAsync(runs.Data, [line], TestContext.Current.CancellationToken);
        var roomy = TinyModels.Write(Path.GetDirectoryName(runs.Base)!, TinyModelShape.Llama with { ContextLength = 1024 }, "roomy");

        var whole = await MeasureAsync(Order(new(runs.Data), roomy));
        var cut = await MeasureAsync(Order(new(runs.Data), roomy) with { MaxLength = 64 });
        var nothing = await MeasureAsync(Order(new(runs.Data), roomy) with { MaxLength = 8 });

        Assert.Equal(Reference(line, null, roomy), whole[0]!.Value, 1e-4);
        Assert.Equal(Reference(line, null, roomy, length: 64), cut[0]!.Value, 1e-4);
        Assert.Equal([null], nothing);
    }

    [Fact]
    public async Task Lines_are_measured_behind_the_token_that_begins_a_text_where_that_is_asked_and_the_file_adds_none()
    {
        var line = File.ReadLines(runs.Data).First();
        await File.WriteAllLinesAsync(runs.Data, [line], TestContext.Current.CancellationToken);
        var adding = TinyModels.Write(Path.GetDirectoryName(runs.Base)!, TinyModelShape.Llama with { AddsBegin = true }, "adding");

        var begins = new LossFile(runs.Data) { BeginsAlways = true };
        var (plain, begun) = await BothAsync(new(runs.Data), begins);
        var (added, twice) = await BothAsync(new(runs.Data), begins, adding);

        Assert.NotEqual(plain[0]!.Value, begun[0]!.Value, 1e-3);
        // The two models differ in nothing but who adds the token.
        Assert.Equal(added[0]!.Value, begun[0]!.Value, 1e-4);
        Assert.Equal(added, twice);
    }

    [Fact]
    public async Task It_does_not_wait_for_a_training_run_and_neither_holds_the_other_up()
    {
        var heard = new Heard();
        var run = training.Start(runs.Order("long", new() { Epochs = 1000, EarlyStoppingPatience = 0 }), heard);
        await Until.TrueAsync(() => heard.Step >= 1);

        var measured = await Task.WhenAll(MeasureAsync(Order(new(runs.Data))), MeasureAsync(Order(new(runs.Data))));

        Assert.Equal(20, measured[0].Count);
        Assert.Equal(measured[0], measured[1]);
        Assert.Equal(TrainingRunState.Running, run.State);
        var step = heard.Step;
        await Until.TrueAsync(() => heard.Step > step);
        await run.StopAsync();
    }

    [Fact]
    public async Task Cancelled_it_ends_its_child_and_the_next_one_is_measured()
    {
        await using var rows = await PipeAsync();
        using var cancel = new CancellationTokenSource();
        var waiting = training.MeasureAsync(Order(new(rows.Name)), _ => { }, cancel.Token);
        using var child = await ReaderAsync(rows.Name);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.True(child.HasExited);
        Assert.Equal(20, (await MeasureAsync(Order(new(runs.Data)))).Count);
    }

    [Fact]
    public async Task A_child_that_is_killed_is_told_of()
    {
        await using var rows = await PipeAsync();
        var measuring = training.MeasureAsync(Order(new(rows.Name)), _ => { }, TestContext.Current.CancellationToken);
        using var child = await ReaderAsync(rows.Name);
        var environment = await File.ReadAllTextAsync($"/proc/{child.Id}/environ", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("REPUBLIC_", environment, StringComparison.Ordinal);

        child.Kill();

        var failure = (await measuring).Failure!;
        Assert.Equal(FailureKind.Upstream, failure.Kind);
        Assert.StartsWith("The process that measures was killed, perhaps by the system because memory ran out.", failure.Message);
    }

    [Fact]
    public async Task What_cannot_be_measured_is_said()
    {
        var other = TinyModels.Write(Path.GetDirectoryName(runs.Base)!, TinyModelShape.Llama with { Seed = 2 }, "other");

        Assert.Equal("There is no file /nowhere.gguf.", await RefusalAsync(Order(new(runs.Data), "/nowhere.gguf")));
        Assert.Equal("There is no file /nowhere.jsonl.", await RefusalAsync(Order(new("/nowhere.jsonl"))));
        Assert.Equal("There is no file /none.gguf.", await RefusalAsync(Order(new(runs.Data, "/none.gguf"))));
        Assert.Contains("is another file", await RefusalAsync(Order(new(runs.Data, Adapter()), other)), StringComparison.Ordinal);
        Assert.Contains("letters GGUF", await RefusalAsync(Order(new(runs.Data), runs.Data)), StringComparison.Ordinal);
        var starved = await RefusalAsync(Order(new(runs.Data)) with { MemoryMegabytes = 50 });
        Assert.Contains("memory", starved, StringComparison.OrdinalIgnoreCase);
    }

    private LossOrder Order(LossFile file, string? model = null) => new(model ?? runs.Base, [file]);

    private async Task<IReadOnlyList<double?>> MeasureAsync(LossOrder order) => Assert.Single(await AllAsync(order));

    /// <summary>Of two files, which the same child measures.</summary>
    private async Task<(IReadOnlyList<double?>, IReadOnlyList<double?>)> BothAsync(LossFile one, LossFile other, string? model = null)
    {
        var measured = await AllAsync(new(model ?? runs.Base, [one, other]));
        Assert.Equal(2, measured.Count);
        return (measured[0], measured[1]);
    }

    private async Task<IReadOnlyList<IReadOnlyList<double?>>> AllAsync(LossOrder order)
    {
        var heard = new ConcurrentQueue<int>();
        var measured = await training.MeasureAsync(order, heard.Enqueue, TestContext.Current.CancellationToken);
        Assert.True(measured.Ok, measured.Failure?.Message);
        Assert.Equal(Enumerable.Range(1, measured.Value.Sum(file => file.Count)), heard);
        return measured.Value;
    }

    private async Task<string> RefusalAsync(LossOrder order) =>
        (await training.MeasureAsync(order, _ => { }, TestContext.Current.CancellationToken)).Failure!.Message;

    private string Adapter() => TinyAdapters.Write(Path.GetDirectoryName(runs.Base)!, "odd", runs.Base, seed: 3);

    /// <summary>What the trainer is held against, of the same row alone.</summary>
    private double Reference(string line, string? adapter, string? path = null, int length = 512)
    {
        path ??= runs.Base;
        using var model = LlamaModel.Load(path);
        var alone = runs.Data + ".alone";
        File.WriteAllText(alone, line);
        var example = TrainingData.Read(alone, model, Math.Min(length, model.ContextLength)).Examples.Single();
        var batch = TrainingBatch.Of([example]);
        return ReferenceLoss.Of(path, [batch], adapter, exact: false, workers: 1, TestContext.Current.CancellationToken) / batch.Targets;
    }

    /// <summary>Rows that nobody writes: whoever reads them waits. Held open, so that opening them does not wait as well.</summary>
    private async Task<FileStream> PipeAsync()
    {
        var path = runs.Data + ".pipe";
        using var made = Process.Start("mkfifo", [path]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
    }

    /// <summary>The process that has the file open. Tests beside this one have children that measure, too.</summary>
    private static async Task<Process> ReaderAsync(string path)
    {
        Process? reader = null;
        await Until.TrueAsync(() => (reader = Process.GetProcesses().FirstOrDefault(process => IsReader(process.Id, path))) is not null);
        return reader!;
    }

    private static bool IsReader(int process, string path)
    {
        try
        {
            return process != Environment.ProcessId
                && Directory.GetFiles($"/proc/{process}/fd").Any(open => new FileInfo(open).LinkTarget == path);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
