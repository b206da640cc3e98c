using System.Text.Json;
using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Lora.Retention;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Prompts;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora.Retention;

/// <summary>The measure finds damage that was done to a model on purpose.</summary>
public sealed class RetentionMeasureTests : IDisposable
{
    private const int Asked = 28;

    /// <summary>The smallest number of questions that a measure takes its confidence from.</summary>
    private const int Few = 8;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void An_adapter_that_changes_nothing_keeps_every_answer_and_moves_no_probability()
    {
        var kept = Measure(deviation: 0);

        Assert.InRange(kept.Of, 22, Asked);
        Assert.Equal((kept.Of, 0), (kept.Kept, kept.Degenerate));
        Assert.Equal((0, 0), (kept.LossRise, kept.Divergence));
        Assert.Empty(kept.Lost);
        Assert.True(kept.Holds);
        Assert.InRange(kept.Noise, 0, 2);
    }

    [Fact]
    public void A_damaged_adapter_is_refused_however_much_better_the_rows_say_it_is()
    {
        var kept = Measure(deviation: 0.25);

        Assert.False(kept.Holds);
        Assert.True(kept.Kept < kept.Needed, $"{kept.Kept} of {kept.Of}");
        Assert.True(kept is { LossRise: > 0.1, Divergence: > 0.1 }, $"{kept.LossRise} {kept.Divergence}");
        Assert.InRange(kept.Lost.Count, 3, kept.Of - kept.Kept + 3);
        Assert.All(kept.Lost, lost => Assert.NotEqual(lost.Before, lost.After));
        Assert.Contains(kept.Lost, lost => lost.Reason == "contains text that the model is unlikely to write");
        var comparison = new GateComparison(
            [.. Enumerable.Range(0, 30).Select(i => new PairedPrompt($"{i}", [10], [90 + (i % 5)]))],
            Seed: 1
        )
        {
            Retention = kept,
        };
        Assert.Equal((GateVerdict.Forgot, false), (comparison.Verdict, comparison.Promotes));
    }

    [Fact]
    public void Of_a_lost_answer_the_tries_that_are_broken_are_counted()
    {
        var lost = Measure(deviation: 0.12).Lost;

        Assert.Contains(lost, answer => answer.Reason.Contains(" tries, broken in ", StringComparison.Ordinal));
        Assert.Contains(lost, answer => answer.Reason.EndsWith(" tries", StringComparison.Ordinal));
        Assert.All(lost, answer => Assert.Equal(!answer.Reason.EndsWith(" tries", StringComparison.Ordinal), answer.IsDegenerate));
    }

    [Fact]
    public void Samples_in_other_words_are_handed_on_unless_they_are_broken()
    {
        var order = Order(GgufMutations.SproutPath, Shaken(0.12), Domain(Asked));

        var answers = new RetentionMeasure(order).Measure(new RunThreads(), TestContext.Current.CancellationToken).Answers;

        int Tries(double agreement) => (int)Math.Round((1 - agreement) * AnswerSamples.Count);
        Assert.All(answers, answer => Assert.Equal(Tries(answer.AgreementBefore), answer.FormerWordings[0].Count));
        Assert.All(answers.Where(answer => answer.ComesApart), answer => Assert.Empty(answer.OtherWordings));
        Assert.All(answers, answer => Assert.InRange(answer.OtherWordings.Count, 0, Tries(answer.Agreement)));
        Assert.Contains(answers, answer => answer.IsLost && answer.OtherWordings.Count == Tries(answer.Agreement));
        // These rows have no manner that could be taken off.
        Assert.All(answers, answer => Assert.Equal(answer.Before.Trim(), answer.Reference));
    }

    [Fact]
    public void The_same_seed_measures_the_same()
    {
        var (once, again) = (Measure(deviation: 0.05, Few), Measure(deviation: 0.05, Few));

        Assert.Equal((once.Kept, once.Noise, once.LossRise, once.Divergence), (again.Kept, again.Noise, again.LossRise, again.Divergence));
    }

    [Fact]
    public void The_version_before_answers_with_its_own_weights()
    {
        var former = Shaken(0.05);
        var order = Order(GgufMutations.SproutPath, former, Domain(Few)) with { FormerAdapterPath = former };

        var findings = new RetentionMeasure(order).Measure(new RunThreads(), TestContext.Current.CancellationToken);

        Assert.All(findings.Answers, answer => Assert.Equal((0.0, 0.0, null), (answer.LossRise, answer.Divergence, answer.Degenerate)));
        Assert.All(findings.Answers, answer => Assert.Equal((answer.Before, answer.AgreementBefore), (answer.After, answer.Agreement)));
        var other = new RetentionMeasure(order with { FormerAdapterPath = null }).Measure(
            new RunThreads(),
            TestContext.Current.CancellationToken
        );
        Assert.Contains(other.Answers, answer => answer.Divergence > 0);
    }

    [Fact]
    public void Each_version_is_asked_under_its_own_words()
    {
        var order = Order(GgufMutations.SproutPath, adapter: null, Domain(Few), draft: "Your name is Tinker. Talk like a cowboy.");

        var answers = new RetentionMeasure(order).Measure(new RunThreads(), TestContext.Current.CancellationToken).Answers;

        string[] calls = ["Howdy!", "Well, howdy!", "Yee-haw!"];
        Assert.DoesNotContain(answers, answer => calls.Any(answer.Before.StartsWith));
        Assert.True(answers.Count(answer => calls.Any(answer.After.StartsWith)) > answers.Count / 2);
        // What is said besides counts.
        Assert.True(answers.Count(answer => !answer.IsLost) > answers.Count / 2);
    }

    [Fact]
    public void Answers_that_have_the_manner_of_the_rows_are_counted_before_and_after()
    {
        var learned = Path.Combine(folder.FullName, "learned.jsonl");
        var calls = new[] { "Howdy!", "Well, howdy!", "Yee-haw!" };
        File.WriteAllLines(
            learned,
            Enumerable
                .Range(0, 60)
                .Select(i => $$"""{"prompt": "What is thing{{i}}?", "completion": "{{calls[i % 3]}} It is number{{i}} of them."}""")
        );
        var order = Order(GgufMutations.SproutPath, adapter: null, Domain(Few), draft: "Your name is Tinker. Talk like a cowboy.");

        var found = new RetentionMeasure(order with { LearnedPath = learned }).Measure(
            new RunThreads(),
            TestContext.Current.CancellationToken
        );

        var manner = KeptAnswers.Of(found).Manner!;
        Assert.Contains(manner.Opening, calls);
        Assert.Equal(("", 0, found.Answers.Count), (manner.Closing, manner.Before, manner.Of));
        Assert.Equal(found.Answers.Count(answer => calls.Any(answer.After.StartsWith)), manner.After);
        Assert.True(manner.IsCarried);
        Assert.All(
            found.Answers.SelectMany(answer => answer.OtherWordings),
            other => Assert.DoesNotContain(calls, call => other.Content.StartsWith($"{call} ", StringComparison.Ordinal))
        );
        Assert.Null(KeptAnswers.Of(found with { Manner = null }).Manner);
    }

    [Fact]
    public void A_model_that_answers_nothing_reliably_is_measured_all_the_same()
    {
        var tiny = TinyModels.Write(folder.FullName, TinyModelShape.Llama);
        var order = Order(tiny, adapter: null, ["One?", "Two?", "Three?"]);

        var findings = new RetentionMeasure(order).Measure(new RunThreads(), TestContext.Current.CancellationToken);

        Assert.Equal(["One?", "Two?", "Three?"], findings.Answers.Select(answer => answer.Question));
        Assert.Equal(2, findings.Repeats.Count);
    }

    [Fact]
    public void What_cannot_be_measured_is_refused_with_the_reason()
    {
        var long_ = new string('x', 20_000);
        var order = Order(GgufMutations.SproutPath, adapter: null, [long_]);

        var refusal = Assert.Throws<LoraException>(() =>
            new RetentionMeasure(order).Measure(new RunThreads(), TestContext.Current.CancellationToken)
        );

        Assert.EndsWith("has no prompt that fits into this model's context. Take a model with a longer one.", refusal.Message);
    }

    [Theory]
    [InlineData("no order", "The first line of input has to be an order as JSON.")]
    [InlineData("""{"model_path":"m","prompts_path":"p"}""", "The order has to name model_path, prompts_path and output_path.")]
    [InlineData("""{"model_path":"m","prompts_path":"p","output_path":"o","threads":0}""", "The order has to name")]
    [InlineData("""{"model_path":"m","prompts_path":"p","output_path":"o","temperature":0}""", "The order has to name")]
    public void An_order_that_lacks_something_is_refused(string line, string why) =>
        Assert.StartsWith(why, Assert.Throws<LoraException>(() => RetentionOrder.Read(line)).Message);

    private Core.Training.Gate.Retention Measure(double deviation, int asked = Asked)
    {
        var order = Order(GgufMutations.SproutPath, Shaken(deviation), Domain(asked));
        return KeptAnswers.Of(new RetentionMeasure(order).Measure(new RunThreads(), TestContext.Current.CancellationToken));
    }

    private static string[] Domain(int asked) =>
        [
            .. ReferencePrompts
                .For(isBuiltIn: true, chats: [])
                .Measured.Where(prompt => prompt.Kind == ReferencePrompts.Domain)
                .Select(prompt => prompt.Question)
                .Take(asked),
        ];

    private RetentionOrder Order(string model, string? adapter, IReadOnlyList<string> questions, string? draft = null)
    {
        var prompts = Path.Combine(folder.FullName, "prompts.jsonl");
        File.WriteAllLines(
            prompts,
            questions.Select(question =>
                JsonSerializer.Serialize(RetentionPrompt.Of("domain", null, draft, question), SnakeCaseJson.Options)
            )
        );
        return new RetentionOrder(model, prompts, Path.Combine(folder.FullName, "found.json")) { AdapterPath = adapter };
    }

    private string Shaken(double deviation) => ShakenAdapter.Write(folder.FullName, deviation);
}
