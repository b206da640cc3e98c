using System.Text;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Progress;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>Whole runs on a model of random weights. What trains and what answers are held against each other inside every run.</summary>
public sealed class LoraTrainerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");
    private readonly Progressed progress = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("llama", "F32", false)]
    [InlineData("llama", "Q8_0", true)]
    [InlineData("qwen2", "BF16", true)]
    public void A_run_lowers_the_held_out_loss_and_llama_cpp_agrees_with_it(string architecture, string type, bool tied)
    {
        var run = Run(new TinyModelShape(architecture, Type: type, Tied: tied));

        var result = Train(run);

        Assert.True(result.LossAfter < result.LossBefore * 0.8, $"{result.LossBefore} -> {result.LossAfter}");
        Assert.Equal([4, 8, 12], progress.Steps.Where(step => step.Step % 4 == 0).Select(step => step.Step));
        Assert.Equal("20 rows, 20 usable.", progress.Notes[0]);
        Assert.Matches(
            "^Before training the trainer computes a loss of .+: they agree",
            progress.Notes[progress.Notes.ToList().FindIndex(note => note.StartsWith("Rank 4", StringComparison.Ordinal)) + 1]
        );
        Assert.Matches("With the adapter the trainer computes a loss of .+: they agree", progress.Notes[^1]);
        Assert.False(File.Exists(run.CheckpointPath));
        var facts = AdapterFile.Read(run.AdapterPath);
        Assert.Equal((GgufHash.Of(run.ModelPath), 4, 8f), (facts.BaseSha256, facts.Rank, facts.Alpha));
        Assert.Equal((result.BestStep, result.LossBefore, result.LossAfter), (facts.Steps, facts.LossBefore, facts.LossAfter));
        AdapterCheck.Check(GgufReader.Read(run.AdapterPath), GgufReader.Read(run.ModelPath));
    }

    [Fact]
    public void A_type_that_llama_cpp_repacks_passes_by_what_it_computes_without_repacking()
    {
        var run = Run(TinyModelShape.Llama);
        run = run with { ModelPath = QuantizedModel.Write(run.ModelPath, "Q4_0") };

        var result = Train(run);

        Assert.True(result.LossAfter < result.LossBefore);
        Assert.Equal(2, progress.Notes.Count(note => note.EndsWith("they agree.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Told_that_memory_is_short_a_run_computes_fewer_and_shorter_rows()
    {
        var run = Run(TinyModelShape.Llama) with { RowsAtMost = 1, LengthAtMost = 40 };
        CheckpointState? state = null;
        progress.OnReport = told => state = told is StepCompleted { Step: 6 } ? CheckpointState.Of(run) : state;

        Train(run with { CheckpointEvery = TimeSpan.Zero });

        Assert.Equal(new CheckpointState(1, 40), state);
        // Four of the rows are held out.
        Assert.Equal(3 * 16 * 40, progress.Steps[^1].Tokens);
        Assert.DoesNotContain(progress.Notes, note => note.Contains("checkpoint", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_was_stopped_again_and_again_ends_in_the_same_bytes()
    {
        var run = Run(TinyModelShape.Llama, dropout: 0.1f);
        Train(run);
        var expected = File.ReadAllBytes(run.AdapterPath);
        var stopped = run with { AdapterPath = Path.Combine(folder.FullName, "again", "style.gguf"), Resume = true };
        Directory.CreateDirectory(Path.GetDirectoryName(stopped.AdapterPath)!);

        var stops = 0;
        while (!File.Exists(stopped.AdapterPath))
        {
            using var stop = new CancellationTokenSource();
            progress.OnReport = told =>
            {
                if (told is StepCompleted { Step: 3 or 6 or 9 })
                {
                    stop.Cancel();
                }
            };
            try
            {
                LoraTrainer.Run(stopped, progress, TimeProvider.System, stop.Token);
            }
            catch (OperationCanceledException)
            {
                stops++;
            }
        }

        Assert.Equal(3, stops);
        Assert.Equal(expected, File.ReadAllBytes(stopped.AdapterPath));
        Assert.Equal(3, progress.Notes.Count(note => note.StartsWith("Goes on after step ", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_unfinished_run_is_neither_overwritten_nor_gone_on_from_with_other_settings()
    {
        var run = Run(TinyModelShape.Llama);
        using var stop = new CancellationTokenSource();
        progress.OnReport = told =>
        {
            if (told is StepCompleted)
            {
                stop.Cancel();
            }
        };
        Assert.Throws<OperationCanceledException>(() => LoraTrainer.Run(run, progress, TimeProvider.System, stop.Token));
        progress.OnReport = _ => { };

        Assert.Contains("holds a run that was not finished", Refusal(run), StringComparison.Ordinal);
        var other = run with { Resume = true, Settings = run.Settings with { Alpha = 1 } };
        Assert.Contains("other settings: alpha 8 and not 1", Refusal(other), StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_that_is_another_one_when_the_adapter_is_checked_stops_the_run_and_keeps_its_checkpoint()
    {
        var run = Run(TinyModelShape.Llama);
        var other = TinyModels.Write(folder.FullName, TinyModelShape.Llama with { Seed = 2 }, "other");
        progress.OnReport = told =>
        {
            if (told is StepCompleted { Step: 1 })
            {
                // The trainer goes on with the file that it has mapped; llama.cpp opens the new one.
                File.Move(other, run.ModelPath, overwrite: true);
            }
        };

        var refusal = Refusal(run);

        Assert.Matches("The trainer computes a loss of [0-9.]+ nats per token where llama.cpp computes [0-9.]+", refusal);
        Assert.EndsWith("The adapter is not to be used; the last checkpoint is kept.", refusal, StringComparison.Ordinal);
        Assert.True(File.Exists(run.CheckpointPath));
        Assert.False(File.Exists(run.AdapterPath) || File.Exists(run.CandidatePath));
    }

    [Fact]
    public void What_cannot_work_is_refused_before_it_begins()
    {
        var run = Run(TinyModelShape.Llama);
        var few = Path.Combine(folder.FullName, "few.jsonl");
        File.WriteAllLines(few, File.ReadLines(run.DataPath).Take(3).Append("nonsense"), Encoding.UTF8);

        Assert.Equal("There is no file nowhere.jsonl.", Refusal(run with { DataPath = "nowhere.jsonl" }));
        Assert.Contains("would take the place of", Refusal(run with { AdapterPath = run.ModelPath }), StringComparison.Ordinal);
        Assert.EndsWith(
            "4 rows, 3 usable, 1 left out (line 4: it is not JSON (byte 2)).",
            Refusal(run with { DataPath = few }),
            StringComparison.Ordinal
        );
        Assert.StartsWith("rank is 0;", Refusal(run with { Settings = new() { Rank = 0 } }), StringComparison.Ordinal);
        Assert.StartsWith(
            "There is no folder ",
            Refusal(run with { AdapterPath = Path.Combine(folder.FullName, "no", "such", "a.gguf") }),
            StringComparison.Ordinal
        );
        Assert.Throws<GgufException>(() => Train(run with { ModelPath = run.DataPath }));
    }

    private LoraRun Run(TinyModelShape shape, float dropout = 0)
    {
        var settings = new LoraSettings
        {
            Rank = 4,
            Alpha = 8,
            Dropout = dropout,
            LearningRate = 0.02,
            Epochs = 3,
        };
        var model = TinyModels.Write(folder.FullName, shape);
        var data = StyleRows.Write(folder.FullName, count: 20);
        return new LoraRun(model, data, Path.Combine(folder.FullName, "style.gguf")) { Settings = settings };
    }

    private LoraResult Train(LoraRun run) => LoraTrainer.Run(run, progress, TimeProvider.System, TestContext.Current.CancellationToken);

    private string Refusal(LoraRun run) => Assert.Throws<LoraException>(() => Train(run)).Message;

    /// <summary>What a run that goes on would begin with.</summary>
    private sealed record CheckpointState(int Rows, int Length)
    {
        public static CheckpointState Of(LoraRun run)
        {
            var state = CheckpointFile.Read(run.CheckpointPath).State;
            return new(state.RowsAtOnce, state.MaxLength);
        }
    }
}
