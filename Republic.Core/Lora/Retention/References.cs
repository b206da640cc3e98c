namespace Republic.Core.Lora.Retention;

/// <summary>The answers of one version to a set of prompts, before anything is trained.</summary>
/// <param name="Greedy">The likeliest answer to each prompt, in tokens.</param>
/// <param name="Sets">The same in words, with some that were drawn.</param>
internal sealed record References(IReadOnlyList<int[]> Greedy, IReadOnlyList<ReferenceSet> Sets)
{
    /// <summary>With fewer, a wording that the version uses as well would look like another answer.</summary>
    private const int Drawn = 8;

    /// <param name="prompts">Token sequences, each ending where the answer begins.</param>
    /// <param name="seed">Of what is drawn.</param>
    public static References Of(AnswerDecoder decoder, IReadOnlyList<int[]> prompts, long seed, CancellationToken ct)
    {
        var greedy = decoder.Answer(prompts, AnswerDecoder.MostTokens, ct);
        var drawn = Draw(decoder, prompts, seed, Drawn, ct);
        var texts = prompts
            .Select((_, i) => (string[])[decoder.Text(greedy[i]), .. drawn.Select(answers => decoder.Text(answers[i]))])
            .ToList();
        var content = new AnswerContent([.. texts.Select(set => string.Join('\n', set))]);
        return new References(greedy, [.. texts.Select(set => new ReferenceSet(content, set))]);
    }

    /// <summary>Answers drawn from the version's own probabilities, draw by draw in the order of the prompts.</summary>
    public static IReadOnlyList<IReadOnlyList<int[]>> Draw(
        AnswerDecoder decoder,
        IReadOnlyList<int[]> prompts,
        long seed,
        int draws,
        CancellationToken ct
    ) => [.. Enumerable.Range(1, draws).Select(i => decoder.Draw(prompts, AnswerDecoder.MostTokens, seed + i, temperature: 1, ct))];
}
