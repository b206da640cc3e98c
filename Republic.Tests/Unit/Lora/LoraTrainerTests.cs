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
    private readonly TinyTraining training = new();

    public void Dispose() => training.Dispose();

    [Theory]
    [InlineData("llama", "F32", false)]
    [InlineData("llama", "Q8_0", true)]
    [InlineData("qwen2", "BF16", true)]
    public void A_run_lowers_the_held_out_loss_and_llama_cpp_agrees_with_it(string architecture, string type, bool tied)
    {
        var run = training.Run(new TinyModelShape(architecture, Type: type, Tied: tied));

        var result = training.Train(run);

        Assert.True(result.LossAfter < result.LossBefore * 0.8, $"{result.LossBefore} -> {result.LossAfter}");
        Assert.Equal([4, 8, 12], training.Progress.Steps.Where(step => step.Step % 4 == 0).Select(step => step.Step));
        Assert.Equal("20 rows, 20 usable.", training.Progress.Notes[0]);
        Assert.Matches(
            "^Before training the trainer computes a loss of .+: they agree",
            training.Progress.Notes[
                training.Progress.Notes.ToList().FindIndex(note => note.StartsWith("Rank 4", StringComparison.Ordinal)) + 1
            ]
        );
        Assert.Matches("With the adapter the trainer computes a loss of .+: they agree", training.Progress.Notes[^1]);
        Assert.False(File.Exists(run.CheckpointPath));
        var facts = AdapterFile.Read(run.AdapterPath);
        Assert.Equal((GgufHash.Of(run.ModelPath), 4, 8f), (facts.BaseSha256, facts.Rank, facts.Alpha));
        Assert.Equal((result.BestStep, result.LossBefore, result.LossAfter), (facts.Steps, facts.LossBefore, facts.LossAfter));
        AdapterCheck.Check(GgufReader.Read(run.AdapterPath), GgufReader.Read(run.ModelPath));
    }

    [Fact]
    public void A_type_that_llama_cpp_repacks_passes_by_what_it_computes_without_repacking()
    {
        var run = training.Run(TinyModelShape.Llama);
        run = run with { ModelPath = QuantizedModel.Write(run.ModelPath, "Q4_0") };

        var result = training.Train(run);

        Assert.True(result.LossAfter < result.LossBefore);
        Assert.Equal(2, training.Progress.Notes.Count(note => note.EndsWith("they agree.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Told_that_memory_is_short_a_run_computes_fewer_and_shorter_rows()
    {
        var run = training.Run(TinyModelShape.Llama) with { RowsAtMost = 1, LengthAtMost = 40 };
        CheckpointState? state = null;
        training.Progress.OnReport = told => state = told is StepCompleted { Step: 6 } ? CheckpointState.Of(run) : state;

        training.Train(run with { CheckpointEvery = TimeSpan.Zero });

        Assert.Equal(new CheckpointState(1, 40), state);
        // Four of the rows are held out.
        Assert.Equal(3 * 16 * 40, training.Progress.Steps[^1].Tokens);
        Assert.DoesNotContain(training.Progress.Notes, note => note.Contains("checkpoint", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_was_stopped_again_and_again_ends_in_the_same_bytes()
    {
        var run = training.Run(TinyModelShape.Llama, dropout: 0.1f);
        training.Train(run);
        var expected = File.ReadAllBytes(run.AdapterPath);
        var stopped = run with { AdapterPath = Path.Combine(training.Folder, "again", "style.gguf"), Resume = true };
        Directory.CreateDirectory(Path.GetDirectoryName(stopped.AdapterPath)!);

        var stops = 0;
        while (!File.Exists(stopped.AdapterPath))
        {
            stops += training.StopsAfter(stopped, 3, 6, 9) ? 1 : 0;
        }

        Assert.Equal(3, stops);
        Assert.Equal(expected, File.ReadAllBytes(stopped.AdapterPath));
        Assert.Equal(3, training.Progress.Notes.Count(note => note.StartsWith("Goes on after step ", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_unfinished_run_is_neither_overwritten_nor_gone_on_from_with_other_settings()
    {
        var run = training.Run(TinyModelShape.Llama);
        Assert.True(training.StopsAfter(run, 1));

        Assert.Contains("holds a run that was not finished", training.Refusal(run), StringComparison.Ordinal);
        var other = run with { Resume = true, Settings = run.Settings with { Alpha = 1 } };
        Assert.Contains("other settings: alpha 8 and not 1", training.Refusal(other), StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_that_is_another_one_when_the_adapter_is_checked_stops_the_run_and_keeps_its_checkpoint()
    {
        var run = training.Run(TinyModelShape.Llama);
        var other = TinyModels.Write(training.Folder, TinyModelShape.Llama with { Seed = 2 }, "other");
        training.Progress.OnReport = told =>
        {
            if (told is StepCompleted { Step: 1 })
            {
                // The trainer goes on with the file that it has mapped; llama.cpp opens the new one.
                File.Move(other, run.ModelPath, overwrite: true);
            }
        };

        var refusal = training.Refusal(run);

        Assert.Matches("The trainer computes a loss of [0-9.]+ nats per token where llama.cpp computes [0-9.]+", refusal);
        Assert.EndsWith("The adapter is not to be used; the last checkpoint is kept.", refusal, StringComparison.Ordinal);
        Assert.True(File.Exists(run.CheckpointPath));
        Assert.False(File.Exists(run.AdapterPath) || File.Exists(run.CandidatePath));
    }

    [Fact]
    public void What_cannot_work_is_refused_before_it_begins()
    {
        var run = training.Run(TinyModelShape.Llama);
        var few = training.At("few.jsonl");
        File.WriteAllLines(few, File.ReadLines(run.DataPath).Take(3).Append("nonsense"), Encoding.UTF8);

        Assert.Equal("There is no file nowhere.jsonl.", training.Refusal(run with { DataPath = "nowhere.jsonl" }));
        Assert.Contains("would take the place of", training.Refusal(run with { AdapterPath = run.ModelPath }), StringComparison.Ordinal);
        Assert.EndsWith(
            "4 rows, 3 usable, 1 left out (line 4: it is not JSON (byte 2)).",
            training.Refusal(run with { DataPath = few }),
            StringComparison.Ordinal
        );
        Assert.StartsWith("rank is 0;", training.Refusal(run with { Settings = new() { Rank = 0 } }), StringComparison.Ordinal);
        Assert.StartsWith(
            "There is no folder ",
            training.Refusal(run with { AdapterPath = Path.Combine(training.Folder, "no", "such", "a.gguf") }),
            StringComparison.Ordinal
        );
        Assert.Throws<GgufException>(() => training.Train(run with { ModelPath = run.DataPath }));
    }

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
