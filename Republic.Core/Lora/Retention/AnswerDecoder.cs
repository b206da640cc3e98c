using System.Numerics.Tensors;
using System.Text;
using Republic.Core.ModelHost.Native;

namespace Republic.Core.Lora.Retention;

/// <summary>Answers many prompts, several side by side: greedily, or drawn from the model's own probabilities.</summary>
/// <param name="adapter">A loaded LoRA adapter of this model, or null.</param>
/// <param name="threads">The worker threads, whose number may change meanwhile.</param>
internal sealed class AnswerDecoder(LlamaModel model, LoraAdapter? adapter, ComputeThreads threads)
{
    /// <summary>Longer answers are cut: what a version can still do shows well before that.</summary>
    public const int MostTokens = 128;
    private const int SideBySide = 16;

    /// <summary>Tokens that all answers of a chunk may have with their prompts, for the sake of memory.</summary>
    private const int MostCells = 16 * 1024;
    private const int MostAtOnce = 512;
    private readonly float[] probabilities = new float[model.VocabularySize];

    /// <summary>The likeliest token each time.</summary>
    /// <param name="prompts">Token sequences, each ending where the answer begins.</param>
    /// <param name="mostTokens">The most tokens of an answer.</param>
    /// <returns>One answer per prompt, in their order, with the token that ends it where it came to an end.</returns>
    public IReadOnlyList<int[]> Answer(IReadOnlyList<int[]> prompts, int mostTokens, CancellationToken ct) =>
        Answer(prompts, mostTokens, _ => null, temperature: 1, ct);

    /// <summary>As <see cref="Answer(IReadOnlyList{int[]}, int, CancellationToken)"/>, drawn from the model's own probabilities.</summary>
    /// <param name="temperature">The logits are divided by it.</param>
    public IReadOnlyList<int[]> Draw(IReadOnlyList<int[]> prompts, int mostTokens, long seed, float temperature, CancellationToken ct) =>
        Answer(prompts, mostTokens, prompt => SeededRandom.For(seed, prompt), temperature, ct);

    private int[][] Answer(
        IReadOnlyList<int[]> prompts,
        int mostTokens,
        Func<int, SeededRandom?> random,
        float temperature,
        CancellationToken ct
    )
    {
        var answers = new int[prompts.Count][];
        var room = model.ContextLength - 1;
        var chunks = Math.Clamp(MostCells / (prompts.Select(prompt => prompt.Length).DefaultIfEmpty(0).Max() + mostTokens), 1, SideBySide);
        // Prompts of like length share a chunk, so that none waits long for a longer one.
        foreach (var chunk in Enumerable.Range(0, prompts.Count).OrderBy(i => prompts[i].Length).Chunk(chunks))
        {
            var length = Math.Min(room, chunk.Max(i => prompts[i].Length) + mostTokens);
            using var context = new LlamaContext(model, new(length, chunk.Length, MostAtOnce), threads);
            using var batch = new TokenBatch(MostAtOnce);
            if (adapter is not null)
            {
                context.Use(new AdapterSet([(adapter, 1)]));
            }

            var sequences = chunk.Select(i => new Sequence(i, prompts[i], temperature) { Random = random(i) }).ToList();
            Read(context, batch, sequences, ct);
            Write(context, batch, sequences, length, mostTokens, ct);
            sequences.ForEach(sequence => answers[sequence.Prompt] = [.. sequence.Answer]);
        }

        return answers;
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

    private void Read(LlamaContext context, TokenBatch batch, List<Sequence> sequences, CancellationToken ct)
    {
        foreach (var (sequence, number) in sequences.Select((sequence, i) => (sequence, i)))
        {
            foreach (var part in sequence.Tokens.Index().Chunk(MostAtOnce))
            {
                ct.ThrowIfCancellationRequested();
                batch.Clear();
                var last = 0;
                foreach (var (position, token) in part)
                {
                    last = batch.Add(token, position, number, logits: position == sequence.Tokens.Length - 1);
                }

                context.Decode(batch);
                if (part[^1].Index == sequence.Tokens.Length - 1)
                {
                    Take(context, sequence, last);
                }
            }
        }
    }

    private void Write(LlamaContext context, TokenBatch batch, List<Sequence> sequences, int length, int mostTokens, CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            batch.Clear();
            var at = new List<(Sequence Sequence, int Index)>();
            foreach (var (sequence, number) in sequences.Select((sequence, i) => (sequence, i)))
            {
                var position = sequence.Tokens.Length + sequence.Answer.Count - 1;
                if (!sequence.HasEnded && sequence.Answer.Count < mostTokens && position < length)
                {
                    at.Add((sequence, batch.Add(sequence.Answer[^1], position, number, logits: true)));
                }
            }

            if (at.Count == 0)
            {
                return;
            }

            context.Decode(batch);
            at.ForEach(one => Take(context, one.Sequence, one.Index));
        }
    }

    private void Take(LlamaContext context, Sequence sequence, int index)
    {
        var logits = context.Logits(index);
        var token = sequence.Random is { } random ? Draw(logits, sequence.Temperature, random) : TensorPrimitives.IndexOfMax(logits);
        // Where an adapter drove the numbers out of range no token is the likeliest: the answer ends as it is.
        sequence.HasEnded = token < 0 || model.EndsGeneration(token);
        if (token >= 0)
        {
            sequence.Answer.Add(token);
        }
    }

    /// <summary>A token by its probability; −1 where the numbers are out of range.</summary>
    private int Draw(ReadOnlySpan<float> logits, float temperature, SeededRandom random)
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

    private sealed record Sequence(int Prompt, int[] Tokens, float Temperature)
    {
        public SeededRandom? Random { get; init; }

        public List<int> Answer { get; } = [];

        public bool HasEnded { get; set; }
    }
}
