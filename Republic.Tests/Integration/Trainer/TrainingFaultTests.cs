using System.Diagnostics;
using System.Text.Json;
using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Progress;
using Republic.Core.Trainer;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Trainer;

/// <summary>What happens to a run when memory, the disk or its parent fails it.</summary>
public sealed class TrainingFaultTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>, IDisposable
{
    private readonly LocalModels models = shared.Models;
    private readonly TinyRuns runs = new();
    private readonly Heard heard = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public async Task A_child_that_aborts_goes_on_from_its_checkpoint_with_fewer_rows_at_a_time_and_says_so()
    {
        var order = runs.Slow("aborted");
        var run = models.Training.Start(order, heard);
        await Until.TrueAsync(() => heard.Step >= 10);
        // The runtime takes the first signal for one of its own, and puts the system's way of handling it back.
        using var abort = Process.Start("sh", ["-c", "kill -ABRT $0; sleep 0.1; kill -ABRT $0", $"{run.ProcessId}"]);
        await Until.TrueAsync(() => heard.After<StepCompleted>("with at most 1 rows at a time."));
        await run.PauseAsync();
        var checkpoint = CheckpointFile.Read(order.Run.CheckpointPath);
        run.Resume();

        Assert.Equal(TrainingRunState.Done, await run.Ended);

        var steps = heard.Of<StepCompleted>().Select(step => step.Step).ToList();
        Assert.Equal((1, 2), (checkpoint.State.RowsAtOnce, order.Run.Settings.BatchSize));
        Assert.DoesNotContain(heard.Of<TrainingNote>(), note => note.Text.Contains("no checkpoint", StringComparison.Ordinal));
        Assert.Equal(TinyRuns.Steps, steps[^1]);
        Assert.InRange(steps.Count, TinyRuns.Steps, TinyRuns.Steps + 1);
    }

    [Fact]
    public async Task A_child_that_is_killed_goes_on_from_its_checkpoint_to_the_same_bits_and_tells_no_loss_less()
    {
        var expected = TinyRuns.Undisturbed;
        var order = runs.Slow("killed");
        var run = models.Training.Start(order, heard);
        await Until.TrueAsync(() => heard.Step >= 10);
        using (var child = Process.GetProcessById(run.ProcessId!.Value))
        {
            child.Kill();
        }

        Assert.Equal((TrainingRunState.Done, null), (await run.Ended, run.Problem));

        Assert.True(heard.After<TrainingStarted>("It goes on from its checkpoint."));
        var begun = heard.Of<TrainingStarted>()[^1];
        Assert.True(begun.Step >= 9);
        var before = begun.Losses.Where(loss => loss.Tokens is not null).ToList();
        Assert.Equal(Enumerable.Range(1, begun.Step), before.Select(loss => loss.Step));
        var told = heard.Of<StepCompleted>().DistinctBy(step => step.Step).ToDictionary(step => step.Step, step => step.Loss);
        Assert.All(before, loss => Assert.Equal(told.GetValueOrDefault(loss.Step, loss.Loss), loss.Loss));
        Assert.Equal(expected, await File.ReadAllBytesAsync(order.Run.AdapterPath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Short_of_memory_for_its_batch_it_goes_on_with_fewer_rows_at_a_time_and_ends_well()
    {
        await File.WriteAllLinesAsync(runs.Data, Enumerable.Range(0, 140).Select(LongRow), TestContext.Current.CancellationToken);
        using (var file = File.OpenWrite(runs.Base))
        {
            // A batch of a small model is computed sequence by sequence, and one needs little memory: behind its tensors it is made large.
            file.SetLength(40 << 20);
        }

        var order = runs.Order("short", new LoraSettings { Epochs = 1, BatchSize = 128 }) with { MemoryMegabytes = 450 };

        var run = models.Training.Start(order, heard);

        Assert.Equal((TrainingRunState.Done, null), (await run.Ended, run.Problem));
        Assert.Contains(heard.Of<TrainingNote>(), note => note.Text.EndsWith("rows are computed at a time.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_full_disk_ends_it_with_the_reason_and_its_last_checkpoint_does_for_going_on()
    {
        var expected = TinyRuns.Undisturbed;
        var order = runs.Slow("full");
        var run = models.Training.Start(order, heard);
        await Until.TrueAsync(() => heard.Step >= 10);
        // Where the next checkpoint is written there is no room any more.
        await Until.TrueAsync(() => TryLink(order.Run.CheckpointPath + ".unfinished", "/dev/full"));

        Assert.Equal(TrainingRunState.Failed, await run.Ended);
        Assert.Contains("No space left", run.Problem, StringComparison.Ordinal);
        File.Delete(order.Run.CheckpointPath + ".unfinished");
        run.Resume();
        Assert.Equal(TrainingRunState.Done, await run.Ended);
        Assert.Equal(expected, await File.ReadAllBytesAsync(order.Run.AdapterPath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_parent_killed_in_mid_run_leaves_a_checkpoint_and_no_child()
    {
        var order = runs.Order("orphan");
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(order.Run.AdapterPath)!).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "order"),
            JsonSerializer.Serialize(order, SnakeCaseJson.Options) + "\n",
            TestContext.Current.CancellationToken
        );
        var program = Path.Combine(AppContext.BaseDirectory, "republic.dll");
        // The parent holds the other end of the child's standard input, as the web process does.
        var script = $"exec 3> >(echo $BASHPID > pid; exec dotnet '{program}' model-host --train > out); cat order >&3; read -r _";
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
        };
        using var parent = Process.Start(start)!;
        await Until.TrueAsync(() => Read("out").Contains("\"step\":3,", StringComparison.Ordinal));
        using var child = Process.GetProcessById(int.Parse(Read("pid")));

        parent.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.EndsWith("{\"end\":\"stopped\"}\n", Read("out"), StringComparison.Ordinal);
        Assert.True(File.Exists(order.Run.CheckpointPath));

        string Read(string name) => File.Exists(Path.Combine(folder, name)) ? File.ReadAllText(Path.Combine(folder, name)) : "";
    }

    [Fact]
    public async Task Stopping_the_app_stops_its_runs_at_a_checkpoint()
    {
        var order = runs.Slow("stopped");
        var own = await LocalModels.StartAsync();
        var run = own.Training.Start(order, heard);
        await Until.TrueAsync(() => heard.Step >= 3);

        await own.DisposeAsync();

        Assert.Equal(TrainingRunState.Stopped, run.State);
        Assert.True(File.Exists(order.Run.CheckpointPath));
    }

    /// <summary>About as long as the tiny model reads: what takes memory is attention, which takes little time.</summary>
    private static string LongRow(int number) =>
        JsonSerializer.Serialize(new { prompt = $"Count from {number}.", completion = string.Join(' ', Enumerable.Range(number, 48)) });

    /// <summary>The file that is being written is in the way for a moment.</summary>
    private static bool TryLink(string path, string target)
    {
        try
        {
            File.CreateSymbolicLink(path, target);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
