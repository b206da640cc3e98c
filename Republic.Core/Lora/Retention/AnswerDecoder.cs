using System.Numerics.Tensors;
using System.Text;
using Republic.Core.Llama.Native;

namespace Republic.Core.Lora.Retention;

/// <summary>Answers many prompts, several side by side: greedily, or drawn from the model's own probabilities.</summary>
/// <param name="adapter">A loaded LoRA adapter of this model, or null.</param>
/// <param name="threads">The worker threads, whose number may change meanwhile.</param>
internal sealed class AnswerDecoder(LlamaModel model, LoraAdapter? adapter, ComputeThreads threads)
{
    /// <summary>Longer answers are cut: what a version can still do shows well before that.</summary>
    public const int MostTokens = 128;
    private const int SideBySidePrompts = 16;

    /// <summary>Tokens that all answers of a chunk may have with their prompts, for the sake of memory.</summary>
    private const int MostCells = 16 * 1024;
    private const int MostAtOnce = 512;
    private readonly Lock answered = new();

    /// <summary>Called with how many answers were written since it was called last; by one thread at a time.</summary>
    public Action<int> OnAnswered { get; init; } = _ => { };

    /// <summary>The likeliest token each time.</summary>
    /// <param name="prompts">Token sequences, each ending where the answer begins.</param>
    /// <param name="mostTokens">The most tokens of an answer.</param>
    /// <returns>One answer per prompt, in their order, with the token that ends it where it came to an end.</returns>
    public IReadOnlyList<int[]> Answer(IReadOnlyList<int[]> prompts, int mostTokens, CancellationToken ct) =>
        Answer(prompts, mostTokens, [SamplingParameters.Greedy], ct)[0];

    /// <summary>Answers each prompt several times, and reads it once for all of them.</summary>
    /// <param name="prompts">Token sequences, each ending where the answer begins.</param>
    /// <param name="mostTokens">The most tokens of an answer.</param>
    /// <param name="samplings">One for each time that a prompt is answered.</param>
    /// <returns>For each sampling one answer per prompt, in their order, with the token that ends it where it came to an end.</returns>
    public IReadOnlyList<IReadOnlyList<int[]>> Answer(
        IReadOnlyList<int[]> prompts,
        int mostTokens,
        IReadOnlyList<SamplingParameters> samplings,
        CancellationToken ct
    )
    {
        var answers = samplings.Select(_ => new int[prompts.Count][]).ToList();
        if (prompts.Count == 0)
        {
            return answers;
        }

        var longest = prompts.Max(prompt => prompt.Length) + mostTokens;
        var length = Math.Min(model.ContextLength - 1, longest);
        var most = Math.Min(prompts.Count, Math.Clamp(MostCells / longest, 1, SideBySidePrompts));
        // Prompts of like length share a chunk, so that none waits long for a longer one.
        var chunks = Enumerable.Range(0, prompts.Count).OrderBy(i => prompts[i].Length).Chunk(most).ToList();
        var parts = Math.Min(ComputeThreads.PartsOf(model), chunks.Count);
        ParallelParts.Run(parts, threads.Allowed, part => Write(chunks.Where((_, number) => number % parts == part)));
        return answers;

        void Write(IEnumerable<int[]> chunks)
        {
            using var context = new LlamaContext(model, new(length, most, MostAtOnce), threads);
            using var batch = new TokenBatch(MostAtOnce);
            if (adapter is not null)
            {
                context.Use(new AdapterSet([(adapter, 1)]));
            }

            var held = new PrefixCache(context, most);
            foreach (var chunk in chunks)
            {
                var sequences = chunk.Select((prompt, number) => new DecodingSequence(number, prompt, prompts[prompt])).ToList();
                foreach (var (time, sampling) in samplings.Index())
                {
                    sequences.ForEach(sequence => Begin(context, held, batch, sequence, sampling, ct));
                    this.Write(context, batch, sequences, length, mostTokens, ct);
                    sequences.ForEach(sequence => answers[time][sequence.Prompt] = [.. sequence.Answer]);
                    lock (answered)
                    {
                        OnAnswered(sequences.Count);
                    }
                }

                if (sequences.Exists(sequence => !sequence.IsSound))
                {
                    held.Clear();
                }
            }
        }
    }

    public bool HasEnded(int[] answer) => answer.Length > 0 && model.EndsGeneration(answer[^1]);

    /// <summary>The text of an answer, without the token that ends it.</summary>
    public string Text(IEnumerable<int> tokens)
    {
        List<byte> bytes = [];
        var piece = new byte[256];
        foreach (var token in tokens.Where(token => !model.EndsGeneration(token)))
        {
            bytes.AddRange(piece[..model.Piece(token, piece)]);
        }

        return Encoding.UTF8.GetString([.. bytes]).Trim();
    }

    private void Begin(
        LlamaContext context,
        PrefixCache held,
        TokenBatch batch,
        DecodingSequence sequence,
        SamplingParameters sampling,
        CancellationToken ct
    )
    {
        // What was answered before is forgotten, and the prompt with it on models that can only forget a sequence whole.
        if (sequence.First.Length == 0 || !held.Forget(sequence.Number, sequence.Tokens.Length))
        {
            sequence.First = Read(context, batch, sequence, held.Begin(sequence.Number, sequence.Tokens), ct);
        }

        sequence.Begin(sampling);
        Take(sequence, sequence.First);
    }

    /// <returns>The logits of the first token of the answer.</returns>
    private static float[] Read(LlamaContext context, TokenBatch batch, DecodingSequence sequence, int from, CancellationToken ct)
    {
        var last = 0;
        foreach (var part in sequence.Tokens.Index().Skip(from).Chunk(MostAtOnce))
        {
            ct.ThrowIfCancellationRequested();
            batch.Clear();
            foreach (var (position, token) in part)
            {
                last = batch.Add(token, position, sequence.Number, logits: position == sequence.Tokens.Length - 1);
            }

            context.Decode(batch);
        }

        return context.Logits(last).ToArray();
    }

    private void Write(
        LlamaContext context,
        TokenBatch batch,
        List<DecodingSequence> sequences,
        int length,
        int mostTokens,
        CancellationToken ct
    )
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            batch.Clear();
            var at = new List<(DecodingSequence Sequence, int Index)>();
            foreach (var sequence in sequences)
            {
                var position = sequence.Tokens.Length + sequence.Answer.Count - 1;
                if (!sequence.HasEnded && sequence.Answer.Count < mostTokens && position < length)
                {
                    at.Add((sequence, batch.Add(sequence.Answer[^1], position, sequence.Number, logits: true)));
                }
            }

            if (at.Count == 0)
            {
                return;
            }

            context.Decode(batch);
            at.ForEach(one => Take(one.Sequence, context.Logits(one.Index)));
        }
    }

    private void Take(DecodingSequence sequence, ReadOnlySpan<float> logits)
    {
        var token = sequence.Random is { } random
            ? Draw(logits, sequence.Temperature, random, sequence.Probabilities)
            : TensorPrimitives.IndexOfMax(logits);
        // Where an adapter drove the numbers out of range no token is the likeliest: the answer ends as it is.
        sequence.HasEnded = token < 0 || model.EndsGeneration(token);
        sequence.IsSound &= float.IsFinite(TensorPrimitives.Max(logits));
        if (token >= 0)
        {
            sequence.Answer.Add(token);
        }
    }

    /// <summary>A token by its probability; −1 where the numbers are out of range.</summary>
    private static int Draw(ReadOnlySpan<float> logits, float temperature, SeededRandom random, float[] probabilities)
    {
        TensorPrimitives.Divide(logits, temperature, probabilities);
        TensorPrimitives.SoftMax<float>(probabilities, probabilities);
        var left = random.NextDouble() * TensorPrimitives.Sum<float>(probabilities);
        for (var token = 0; token < probabilities.Length; token++)
        {
            left -= probabilities[token];
            if (left < 0)
            {
                return token;
            }
        }

        return -1;
    }

    /// <param name="Number">Of the sequence in its context.</param>
    /// <param name="Prompt">Index of the prompt.</param>
    private sealed record DecodingSequence(int Number, int Prompt, int[] Tokens)
    {
        /// <summary>The logits behind the prompt; empty until it was read.</summary>
        public float[] First { get; set; } = [];

        /// <summary>Room for those of one token.</summary>
        public float[] Probabilities { get; private set; } = [];

        public SeededRandom? Random { get; private set; }

        public float Temperature { get; private set; }

        public List<int> Answer { get; } = [];

        public bool HasEnded { get; set; }

        /// <summary>False once the weights or the adapter drove the numbers out of range.</summary>
        public bool IsSound { get; set; } = true;

        public void Begin(SamplingParameters sampling)
        {
            Random = sampling.Seed is { } seed ? SeededRandom.For(seed, Prompt) : null;
            Probabilities = Random is null || Probabilities.Length > 0 ? Probabilities : new float[First.Length];
            Temperature = sampling.Temperature;
            Answer.Clear();
            HasEnded = false;
        }
    }
}
