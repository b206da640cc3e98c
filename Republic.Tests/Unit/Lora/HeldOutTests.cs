using System.Text.Json;
using Republic.Core.Llama.Native;
using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Progress;
using Republic.Core.Lora.Rows;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>Runs whose validation rows come from a file of their own.</summary>
public sealed class HeldOutTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");
    private readonly Progressed progress = new();
    private readonly LoraRun run;

    public HeldOutTests()
    {
        var model = TinyModels.Write(folder.FullName, TinyModelShape.Llama);
        run = new LoraRun(model, Write("rows.jsonl", 0, 20), At("style.gguf"))
        {
            HeldOutPath = Write("held-out.jsonl", 100, 6),
            Settings = new LoraSettings
            {
                Rank = 4,
                LearningRate = 0.02,
                Epochs = 2,
                EarlyStoppingPatience = 0,
            },
        };
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Every_row_of_the_data_is_learned_from_and_none_that_is_held_out()
    {
        var both = File.ReadLines(run.HeldOutPath!).First();
        File.AppendAllLines(run.DataPath, [both]);
        var rows = RunRows.Read(run, progress);

        Assert.Equal(Tokens(run.DataPath)[..20], rows.Training.Select(Text));
        Assert.Equal(Tokens(run.HeldOutPath!), rows.Validation.Select(Text));
        Assert.Empty(rows.Training.Select(Text).Intersect(rows.Validation.Select(Text)));
        Assert.Equal(
            [
                "21 rows, 21 usable.",
                "Held out: 6 rows, 6 usable.",
                "1 of the rows are held out as well, word for word, and are not learned from.",
            ],
            progress.Notes.Take(3)
        );
    }

    [Fact]
    public void Rows_of_one_answer_are_held_out_together_or_learned_from_together_and_the_run_says_so()
    {
        var path = At("twice.jsonl");
        File.WriteAllLines(
            path,
            Enumerable
                .Range(0, 120)
                .Select(i => JsonSerializer.Serialize(new { prompt = $"p{i} q{i}", completion = $"a{i / 2} b{i / 2} c{i / 2} d{i / 2}" }))
        );
        var rows = RunRows.Read(run with { DataPath = path, HeldOutPath = null }, progress);

        Assert.Equal((96, 24), (rows.Training.Count, rows.Validation.Count));
        var answers = rows.Training.Concat(rows.Validation).ToLookup(Answer, rows.Validation.Contains);
        Assert.Equal(60, answers.Count);
        Assert.All(answers, sides => Assert.Single(sides.Distinct()));
        Assert.Equal(
            $"60 groups of nearly equal answers, 60 of nearly equal questions or answers. Held out: 12 groups with 24 rows ({string.Join(", ", Enumerable.Repeat(2, 12))}).",
            progress.Notes[1]
        );
        Assert.StartsWith("Rank 4", progress.Notes[2], StringComparison.Ordinal);

        static string Answer(TrainingExample example) => string.Join(' ', example.Tokens.Where((_, position) => example.Learned[position]));
    }

    [Fact]
    public void Too_few_different_answers_are_told_with_what_to_add()
    {
        var path = At("six.jsonl");
        File.WriteAllLines(
            path,
            Enumerable
                .Range(0, 60)
                .Select(i => JsonSerializer.Serialize(new { prompt = $"p{i} q{i}", completion = $"a{i % 6} b{i % 6} c{i % 6} d{i % 6}" }))
        );
        RunRows.Read(run with { DataPath = path, HeldOutPath = null }, progress);

        Assert.Equal(
            "The answers of the 60 rows fall into 6 groups of nearly equal ones, so 2 groups of rows could be held out; 12 are needed to tell better from chance: add rows with about 42 answers that differ from these.",
            progress.Notes[2]
        );
    }

    [Fact]
    public void What_the_loop_takes_gradients_of_are_the_rows_of_the_data_alone()
    {
        var rows = new RunRows([Example(1), Example(2), Example(3)], [Example(7), Example(8)], run.Settings with { Epochs = 3 });
        var model = new TargetCounter(vocabulary: 10);
        var loop = new TrainingLoop(model, rows, progress, TimeProvider.System);
        loop.MeasureBefore(CancellationToken.None);
        while (!loop.IsDone)
        {
            loop.Advance(CancellationToken.None);
        }

        Assert.Equal([1, 2, 3], model.Batches.SelectMany(batch => batch.TargetTokens).Distinct().Order());
        Assert.Equal(0.5, loop.State.LossBefore);
        Assert.All(model.Parameters[0].Values[7..9], value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_run_measures_them_and_its_adapter_is_checked_and_named_as_always()
    {
        var result = LoraTrainer.Run(run, progress, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.True(result.LossAfter < result.LossBefore, $"{result.LossBefore} -> {result.LossAfter}");
        Assert.Equal(10, result.Of);
        Assert.True(File.Exists(run.AdapterPath));
    }

    [Fact]
    public void A_stopped_run_goes_on_with_the_same_held_out_rows_bit_for_bit_and_with_no_others()
    {
        LoraTrainer.Run(run, progress, TimeProvider.System, TestContext.Current.CancellationToken);
        var again = folder.CreateSubdirectory("again").FullName;
        var stopped = run with { AdapterPath = Path.Combine(again, "style.gguf"), Resume = true };
        using var stop = new CancellationTokenSource();
        progress.OnReport = told =>
        {
            if (told is StepCompleted { Step: 4 })
            {
                stop.Cancel();
            }
        };
        Assert.Throws<OperationCanceledException>(() => LoraTrainer.Run(stopped, progress, TimeProvider.System, stop.Token));
        progress.OnReport = _ => { };

        foreach (var path in new[] { null, Write("others.jsonl", 200, 6) })
        {
            Assert.Contains("belongs to other data", Refusal(stopped with { HeldOutPath = path }), StringComparison.Ordinal);
        }

        LoraTrainer.Run(stopped, progress, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(run.AdapterPath), File.ReadAllBytes(stopped.AdapterPath));
    }

    [Fact]
    public void At_most_five_hundred_rows_are_measured()
    {
        var rows = RunRows.Read(run with { HeldOutPath = Write("many.jsonl", 100, 520) }, progress);

        Assert.Equal((20, 500), (rows.Training.Count, rows.Validation.Count));
        Assert.Contains("Held out: 520 rows, 520 usable; the first 500 are measured.", progress.Notes);
    }

    [Fact]
    public void Too_few_rows_are_those_of_both_files_together()
    {
        var few = run with { DataPath = Write("few.jsonl", 0, 2) };

        Assert.Contains(
            "The data has 4 usable rows",
            Refusal(few with { HeldOutPath = Write("two.jsonl", 50, 2) }),
            StringComparison.Ordinal
        );
        Assert.Single(
            RunRows.Read(run with { DataPath = Write("one.jsonl", 0, 1), HeldOutPath = Write("four.jsonl", 50, 4) }, progress).Training
        );
    }

    [Fact]
    public void A_file_that_cannot_serve_is_named_with_the_reason()
    {
        File.WriteAllText(At("bad.jsonl"), "{no row}\n");
        File.WriteAllText(At("empty.jsonl"), "");
        File.WriteAllText(At("no.jsonl"), "no row\n");

        Assert.Equal("There is no file nowhere.jsonl.", Refusal(run with { HeldOutPath = "nowhere.jsonl" }));
        Assert.Equal(
            $"{At("bad.jsonl")} has no usable row to be held out: 1 rows, 0 usable, 1 left out (line 1: it is not JSON (byte 2)). Add examples to it.",
            Refusal(run with { HeldOutPath = At("bad.jsonl") })
        );
        Assert.StartsWith(
            $"{At("no.jsonl")} cannot be read. There are no rows in it: no line is a JSON object",
            Refusal(run with { HeldOutPath = At("no.jsonl") }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"{At("empty.jsonl")} has no usable row to be learned from",
            Refusal(run with { DataPath = At("empty.jsonl") }),
            StringComparison.Ordinal
        );
        Assert.StartsWith("Every row to be learned from is held out as well", Refusal(run with { HeldOutPath = run.DataPath }));
        Assert.Contains("would take the place of", Refusal(run with { AdapterPath = run.HeldOutPath! }), StringComparison.Ordinal);
    }

    private static TrainingExample Example(int token) => new([0, token], [false, true]);

    private List<string> Tokens(string path)
    {
        using var model = LlamaModel.Load(run.ModelPath);
        return [.. TrainingData.Read(path, model, maxLength: 512).Examples.Select(Text)];
    }

    private static string Text(TrainingExample example) => string.Join(' ', example.Tokens);

    private string Write(string name, int first, int count)
    {
        File.WriteAllLines(
            At(name),
            Enumerable
                .Range(first, count)
                .Select(i => JsonSerializer.Serialize(new { prompt = $"Say {i}", completion = $"{i} it is, and {i * 7 % 10} too." }))
        );
        return At(name);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private string Refusal(LoraRun asked) =>
        Assert
            .Throws<LoraException>(() => LoraTrainer.Run(asked, progress, TimeProvider.System, TestContext.Current.CancellationToken))
            .Message;
}
