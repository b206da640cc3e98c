namespace Republic.Core.Lora.Retention;

/// <summary>The answers of one version to a set of prompts, before anything is trained.</summary>
/// <param name="Greedy">The likeliest answer to each prompt, in tokens.</param>
/// <param name="Sets">The same in words, with some that were drawn.</param>
/// <param name="Agreement">
/// For each run and each prompt, the share of <see cref="AnswerSamples"/> that agree with the references, from 0 to 1. Another version is
/// compared with the first run; the other runs repeat it, and show how far the measure moves by chance.
/// </param>
internal sealed record ReferenceAnswers(
    IReadOnlyList<int[]> Greedy,
    IReadOnlyList<ReferenceSet> Sets,
    IReadOnlyList<IReadOnlyList<double>> Agreement
)
{
    /// <summary>For each run and each prompt, the samples that do not agree.</summary>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> Others { get; init; } = [];

    /// <summary>With fewer, a wording that the version uses as well would look like another answer.</summary>
    private const int Drawn = 8;
    private const int Runs = 3;

    /// <summary>Written to each prompt.</summary>
    public const int PerPrompt = 1 + Drawn + (Runs * (AnswerSamples.Count - 1));

    /// <summary>An answer that a version gives only now and then is nothing that it could do, and cannot be forgotten.</summary>
    private const double ReliableShare = 0.75;
    private const int FewestReliable = 20;

    /// <param name="prompts">Token sequences, each ending where the answer begins.</param>
    /// <param name="seed">Of what is drawn.</param>
    /// <param name="temperature">At which the version answers in chats.</param>
    public static ReferenceAnswers Of(
        AnswerDecoder decoder,
        IReadOnlyList<int[]> prompts,
        long seed,
        float temperature,
        CancellationToken ct
    )
    {
        var drawn = Enumerable.Range(1, Drawn).Select(i => new SamplingParameters(seed + i, Temperature: 1));
        var tries = Enumerable.Range(0, Runs).Select(run => AnswerSamples.Of(seed, run, temperature)).ToList();
        var answers = decoder.Answer(
            prompts,
            AnswerDecoder.MostTokens,
            [SamplingParameters.Greedy, .. drawn, .. tries.SelectMany(run => run)],
            ct
        );
        var texts = prompts.Select((_, i) => answers.Select(said => decoder.Text(said[i])).ToList()).ToList();
        var content = new AnswerContent([.. texts.Select(said => string.Join('\n', said.Take(1 + Drawn)))]);
        var sets = texts.ConvertAll(said => new ReferenceSet(content, [.. said.Take(1 + Drawn)]));
        return new ReferenceAnswers(answers[0], sets, [.. tries.Select((_, run) => Shares(run))])
        {
            Others = [.. tries.Select((_, run) => Differing(run))],
        };

        List<double> Shares(int run) => [.. sets.Select((set, i) => AnswerSamples.Agreement(set, [set.Greedy, .. Said(i, run)]))];
        List<IReadOnlyList<string>> Differing(int run) =>
            [.. sets.Select((set, i) => Said(i, run).Where(text => !set.Says(text)).ToList())];
        IEnumerable<string> Said(int prompt, int run) => texts[prompt].Skip(1 + Drawn + (run * tries[run].Count)).Take(tries[run].Count);
    }

    /// <summary>Chooses the prompts that the version answers reliably; where fewer than 20 are, those that it answers at all.</summary>
    /// <returns>Indices of prompts, ascending; at least one.</returns>
    public IReadOnlyList<int> Measurable()
    {
        // Where the version before loops or says nothing, one that does the same has lost nothing.
        var whole = Enumerable.Range(0, Sets.Count).Where(i => Sets[i].Greedy.Length > 0 && !AnswerHealth.Loops(Greedy[i])).ToList();
        var reliable = whole.Where(i => Agreement.Average(run => run[i]) >= ReliableShare).ToList();
        return reliable.Count >= FewestReliable ? reliable
            : whole.Count > 0 ? whole
            : [.. Enumerable.Range(0, Sets.Count)];
    }
}
