using Republic.Core.Llama.Native;
using Republic.Core.Lora;
using Republic.Core.Lora.Retention;
using Republic.Core.Lora.Rows;
using Republic.Core.Training.Weights;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora.Retention;

/// <summary>Answers of the version before, to be learned beside a run's own rows.</summary>
public sealed class ReplayTests : IDisposable
{
    private static readonly LoraSettings Settings = new()
    {
        Replay = 3,
        Epochs = 10,
        Seed = 5,
    };
    private static readonly string[] Questions =
    [
        "What is XP?",
        "What is a minion?",
        "How do I sign out?",
        "Who are you?",
        "Tell me a joke.",
        "What is LoRA?",
        "What is a provider?",
        "Thank you!",
    ];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");
    private readonly LlamaModel model = LlamaModel.Load(GgufMutations.SproutPath);

    public void Dispose()
    {
        model.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Of_eight_questions_seven_are_learned_with_two_answers_each_and_one_is_only_watched()
    {
        var replay = Make();

        Assert.Equal(7, replay.Rows.Select(Question).Distinct().Count());
        Assert.InRange(replay.Rows.Count, 10, 14);
        Assert.Contains("What is a provider?", Question(Assert.Single(replay.Watched)), StringComparison.Ordinal);
        Assert.DoesNotContain(replay.Rows, row => Question(row).Contains("What is a provider?", StringComparison.Ordinal));
        // An epoch that takes half of them sees each question once.
        Assert.Equal(7, replay.Rows.Take(7).Select(Question).Distinct().Count());
    }

    [Fact]
    public void Made_again_it_is_the_same_and_with_another_seed_it_is_not()
    {
        var (once, again, other) = (Make(), Make(), Make(settings: Settings with { Seed = 6 }));

        Assert.Equal(once.Rows.Select(Text), again.Rows.Select(Text));
        Assert.NotEqual(once.Rows.Select(Text), other.Rows.Select(Text));
    }

    [Fact]
    public void A_version_with_weights_of_its_own_replays_what_those_answer()
    {
        Assert.NotEqual(Make().Rows.Select(Text), Of(deviation: 0.1).Rows.Select(Text));
        // Most answers of one that is so damaged come to no end, and what does not is not learned. Which do depends on how the processor rounds.
        Assert.InRange(Of(deviation: 0.25).Rows.Count, 0, Make().Rows.Count / 2);

        Replay Of(double deviation) =>
            Replay.Of(
                Run() with
                {
                    FormerAdapterPath = ShakenAdapter.Write(folder.FullName, deviation),
                },
                48,
                [],
                Settings,
                new RunThreads(),
                new Progressed(),
                Stop
            );
    }

    [Fact]
    public void Watched_prompts_have_every_system_text_that_prompts_have()
    {
        var path = Path.Combine(folder.FullName, "prompts.jsonl");
        ReplayFile.Write(path, isBuiltIn: true, questionSet: 0, "You are Bosun.");
        var prompts = ReplayPrompts.Read(path);

        var watched = prompts.Zip(Replay.AreWatched(prompts)).Where(prompt => prompt.Second).Select(prompt => prompt.First[0]);

        Assert.Equal(
            ["You are Bosun.", "You are a helpful assistant.", "user"],
            watched.Select(line => line.Role == "system" ? line.Content : line.Role).Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void No_question_is_both_learned_and_watched(int set)
    {
        var path = Path.Combine(folder.FullName, "prompts.jsonl");
        ReplayFile.Write(path, isBuiltIn: true, set, "You are Bosun.");
        var prompts = ReplayPrompts.Read(path);
        var watched = Replay.AreWatched(prompts);

        var (seen, learned) = (Questions(isWatched: true), Questions(isWatched: false));

        Assert.Empty(seen.Intersect(learned));
        Assert.InRange(watched.Count(one => one), 100, 200);
        Assert.True(prompts.Count > seen.Union(learned).Count());

        List<string> Questions(bool isWatched) => [.. prompts.Where((_, i) => watched[i] == isWatched).Select(lines => lines[^1].Content)];
    }

    [Fact]
    public void A_few_prompts_are_taken_from_everywhere_in_the_list()
    {
        var some = Replay.Some(Enumerable.Range(0, 400).ToList(), needed: 60);

        Assert.Equal(71, some.Count);
        Assert.Equal((0, 394), (some[0], some[^1]));
        Assert.Equal(some.Count, some.Distinct().Count());
    }

    [Fact]
    public void Answers_that_are_longer_than_a_row_may_be_are_left_out()
    {
        var rows = Make(settings: Settings with { MaxLength = 40 }).Rows;

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.InRange(row.Tokens.Length, 1, 40));
    }

    [Fact]
    public void Replayed_answers_are_put_into_the_manner_of_the_rows()
    {
        string[] sailor = [.. Enumerable.Range(0, 5).Select(i => $"Arr! Thing{i} is over there. Aye, matey!")];

        var replay = Make(sailor);

        Assert.All(replay.Rows.Concat(replay.Watched), row => Assert.Matches(@"^Arr! .+ Aye, matey!$", Answer(row)));
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(3, 14)]
    public void A_short_run_draws_no_more_than_it_replays(int own, int most)
    {
        var replay = Make(settings: Settings with { Epochs = 1 }, own: own);

        Assert.InRange(replay.Rows.Count, 3 * own, most);
    }

    [Fact]
    public void Without_prompts_or_when_it_is_turned_off_nothing_is_replayed()
    {
        Assert.Same(Replay.None, Make(settings: Settings with { Replay = 0 }));
        Assert.Same(Replay.None, Replay.Of(Run() with { ReplayPath = null }, 48, [], Settings, new RunThreads(), new Progressed(), Stop));
        Assert.Same(Replay.None, Make(settings: Settings with { MaxLength = 16 }));
    }

    [Fact]
    public void Answers_that_are_to_be_kept_are_all_learned_and_the_likeliest_ones()
    {
        var keep = Path.Combine(folder.FullName, "keep.jsonl");
        string[] asked = ["How do I make a minion?", "Thank you so much"];
        using (var stream = File.Create(keep))
        {
            ReplayPrompts.Write(stream, asked.Select(question => ((string?)null, question)));
        }

        var replay = Replay.Of(Run() with { KeepPath = keep }, 48, [], Settings, new RunThreads(), new Progressed(), Stop);

        var without = Make();
        Assert.Equal(without.Watched.Count, replay.Watched.Count);
        foreach (var question in asked)
        {
            var kept = replay.Rows.Where(row => Question(row).Contains(question, StringComparison.Ordinal)).Select(Answer).ToList();
            Assert.True(kept.Count >= 3, question);
            Assert.Single(kept.Distinct(StringComparer.Ordinal));
            Assert.DoesNotContain(replay.Watched, row => Question(row).Contains(question, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_line_that_is_no_conversation_is_refused()
    {
        var run = Run();
        File.AppendAllText(run.ReplayPath!, "no list\n");

        var refusal = Assert.Throws<LoraException>(() => Replay.Of(run, 48, [], Settings, new RunThreads(), new Progressed(), Stop));

        Assert.Contains("has a line that is no list of messages", refusal.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Replay Make(IReadOnlyList<string>? answers = null, LoraSettings? settings = null, int own = 48) =>
        Replay.Of(Run(), own, [.. (answers ?? []).Select(Row)], settings ?? Settings, new RunThreads(), new Progressed(), Stop);

    private static ChatRow Row(string answer, int number) =>
        new(number + 1, [new("user", $"question{number} about{number}"), new("assistant", answer)]);

    private LoraRun Run()
    {
        var path = Path.Combine(folder.FullName, "replay.jsonl");
        using (var stream = File.Create(path))
        {
            ReplayPrompts.Write(stream, Questions.Select(question => ((string?)null, question)));
        }

        return new LoraRun(GgufMutations.SproutPath, "rows.jsonl", "adapter.gguf") { ReplayPath = path };
    }

    private string Question(TrainingExample row) => Text(row, learned: false);

    private string Answer(TrainingExample row) => Text(row, learned: true).Trim();

    private string Text(TrainingExample row) => Text(row, null);

    private string Text(TrainingExample row, bool? learned)
    {
        using var threads = new ComputeThreads(1);
        return new AnswerDecoder(model, null, threads).Text(row.Tokens.Where((_, i) => learned is null || row.Learned[i] == learned));
    }
}
