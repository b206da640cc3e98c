using Republic.Core.Lora.Rows;

namespace Republic.Core.Lora.Loop;

/// <summary>
/// Sequences side by side, filled up on the right to one length. What fills them needs no mask: a token sees only those
/// before it, and no target lies behind a sequence's end.
/// </summary>
/// <param name="Length">Tokens per sequence, filling included.</param>
/// <param name="Tokens">[Length × Sequences], sequence by sequence.</param>
/// <param name="TargetRows">The hidden states that must predict: row sequence · Length + position.</param>
/// <param name="TargetTokens">What each of them must predict: the token after it.</param>
internal sealed record TrainingBatch(int Length, int Sequences, int[] Tokens, int[] TargetRows, int[] TargetTokens)
{
    private const int Filling = 0;

    /// <summary>The tokens that carry loss.</summary>
    public int Targets => TargetRows.Length;

    /// <param name="multiple">The length is rounded up to it, so that batches share few shapes and their memory is kept.</param>
    public static TrainingBatch Of(IReadOnlyList<TrainingExample> examples, int multiple = 32)
    {
        ArgumentOutOfRangeException.ThrowIfZero(examples.Count, nameof(examples));
        ArgumentOutOfRangeException.ThrowIfLessThan(multiple, 1);
        // The last token is only predicted: it predicts nothing itself.
        var longest = Math.Max(examples.Max(example => example.Tokens.Length) - 1, 1);
        var length = (longest + multiple - 1) / multiple * multiple;
        var tokens = new int[length * examples.Count];
        Array.Fill(tokens, Filling);
        var (rows, targets) = (new List<int>(), new List<int>());
        for (var sequence = 0; sequence < examples.Count; sequence++)
        {
            var (given, learned) = (examples[sequence].Tokens, examples[sequence].Learned);
            if (given.Length != learned.Length)
            {
                throw new LoraException($"Example {sequence} has {given.Length} tokens and {learned.Length} marks.");
            }

            given.AsSpan(0, Math.Max(given.Length - 1, 0)).CopyTo(tokens.AsSpan(sequence * length));
            for (var position = 1; position < given.Length; position++)
            {
                if (learned[position])
                {
                    rows.Add((sequence * length) + position - 1);
                    targets.Add(given[position]);
                }
            }
        }

        return new TrainingBatch(length, examples.Count, tokens, [.. rows], [.. targets]);
    }

    /// <summary>Each sequence as a batch of its own, filled up to a longer length.</summary>
    public IEnumerable<TrainingBatch> Alone(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, Length);
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            var tokens = new int[length];
            Array.Fill(tokens, Filling);
            Tokens.AsSpan(sequence * Length, Length).CopyTo(tokens);
            var own = Enumerable.Range(0, Targets).Where(i => TargetRows[i] / Length == sequence).ToList();
            yield return new(length, 1, tokens, [.. own.Select(i => TargetRows[i] % Length)], [.. own.Select(i => TargetTokens[i])]);
        }
    }
}
