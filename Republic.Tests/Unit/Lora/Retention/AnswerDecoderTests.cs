using Republic.Core.Llama.Native;
using Republic.Core.Lora.Retention;
using Republic.Sprout.Dialogues;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora.Retention;

/// <summary>Answers to many prompts side by side, held against one prompt after another.</summary>
public sealed class AnswerDecoderTests : IDisposable
{
    private readonly LlamaModel model = LlamaModel.Load(GgufMutations.SproutPath);
    private readonly ComputeThreads threads = new(1);

    public void Dispose()
    {
        threads.Dispose();
        model.Dispose();
    }

    [Fact]
    public void Side_by_side_each_prompt_gets_the_answer_that_it_gets_alone()
    {
        // More than fit side by side, and of many lengths.
        var questions = Enumerable.Range(0, 19).Select(i => $"{string.Concat(Enumerable.Repeat("Well. ", i % 7))}What is XP?").ToList();
        using var asking = new Asking(GgufMutations.SproutPath, adapter: null, workers: 1);

        var answers = Decoder().Answer([.. questions.Select(Prompt)], 120, TestContext.Current.CancellationToken);

        Assert.Equal(questions.Select(question => asking.Answer([new Turn(Turn.User, question)])), answers.Select(Decoder().Text));
        Assert.All(answers, answer => Assert.True(Decoder().HasEnded(answer)));
    }

    [Fact]
    public void Any_number_of_threads_writes_the_same_answers()
    {
        // Several chunks, of which more than one goes to a context.
        var prompts = Enumerable
            .Range(0, 90)
            .Select(i => Prompt($"{string.Concat(Enumerable.Repeat("Well. ", i % 7))}What is XP?"))
            .ToList();
        var (done, progress) = (0, new List<int>());
        using var several = new ComputeThreads(ParallelParts.Parts);
        var decoder = new AnswerDecoder(model, adapter: null, several) { OnAnswered = more => progress.Add(done += more) };
        SamplingParameters[] samplings = [SamplingParameters.Greedy, new(3, 1)];

        var together = decoder.Answer(prompts, AnswerDecoder.MostTokens, samplings, TestContext.Current.CancellationToken);

        Assert.Equal(Decoder().Answer(prompts, AnswerDecoder.MostTokens, samplings, TestContext.Current.CancellationToken), together);
        Assert.Equal((180, true), (done, progress.SequenceEqual(progress.Order())));
    }

    [Fact]
    public void Draws_follow_their_seed_and_grow_alike_as_the_temperature_falls()
    {
        var prompts = Enumerable.Repeat(Prompt("What can you help me with?"), 24).ToList();
        int Different(IEnumerable<int[]> answers) => answers.Select(answer => string.Join(' ', answer)).Distinct().Count();
        IReadOnlyList<int[]> Draw(long seed, float temperature) =>
            Decoder().Answer(prompts, AnswerDecoder.MostTokens, [new(seed, temperature)], TestContext.Current.CancellationToken)[0];

        var hot = Draw(1, 1);

        Assert.Equal(hot, Draw(1, 1));
        Assert.NotEqual(hot, Draw(2, 1));
        Assert.True(Different(hot) > 1);
        Assert.Equal(1, Different(Draw(1, 0.01f)));
    }

    [Fact]
    public void A_prompt_that_is_read_once_is_answered_each_time_as_when_it_is_read_again()
    {
        List<int[]> prompts = [Prompt("What can you help me with?"), Prompt("Who are you, and what is your name?")];
        SamplingParameters[] samplings = [new(3, 1), SamplingParameters.Greedy, new(4, 1), new(3, 1)];
        IReadOnlyList<IReadOnlyList<int[]>> Answer(params SamplingParameters[] asked) =>
            Decoder().Answer(prompts, AnswerDecoder.MostTokens, asked, TestContext.Current.CancellationToken);

        var together = Answer(samplings);

        Assert.Equal(samplings.Select(sampling => Answer(sampling)[0]), together);
        Assert.NotEqual(together[0], together[2]);
    }

    [Fact]
    public void An_answer_ends_at_the_most_tokens_and_what_was_asked_to_stop_stops()
    {
        var answer = Decoder().Answer([Prompt("What is XP?")], 5, TestContext.Current.CancellationToken)[0];

        Assert.Equal((5, false), (answer.Length, Decoder().HasEnded(answer)));
        Assert.Throws<OperationCanceledException>(() =>
            Decoder().Answer([Prompt("What is XP?")], 5, new CancellationToken(canceled: true))
        );
    }

    private AnswerDecoder Decoder() => new(model, adapter: null, threads);

    private int[] Prompt(string question) => ChatTemplate.Tokens(model, [new ChatLine("user", question)]);
}
