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

    /// <summary>Lengths are rounded up to it, so that batches share few shapes and their memory is kept.</summary>
    private const int UsualMultiple = 32;

    /// <summary>The tokens that carry loss.</summary>
    public int Targets => TargetRows.Length;

    /// <param name="multiple">The length is rounded up to it.</param>
    public static TrainingBatch Of(IReadOnlyList<TrainingExample> examples, int multiple = UsualMultiple)
    {
        ArgumentOutOfRangeException.ThrowIfZero(examples.Count, nameof(examples));
        ArgumentOutOfRangeException.ThrowIfLessThan(multiple, 1);
        // The last token is only predicted: it predicts nothing itself.
        var longest = Math.Max(examples.Max(example => example.Tokens.Length) - 1, 1);
        var length = Filled(longest, multiple);
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

    /// <summary>Each sequence that has a target as a batch of its own, no longer than its last target needs.</summary>
    public IEnumerable<TrainingBatch> Alone()
    {
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            var last = TargetRows.Where(row => row / Length == sequence).DefaultIfEmpty(-1).Max();
            if (last >= 0)
            {
                yield return Alone(sequence, Math.Min(Length, Filled((last % Length) + 1, UsualMultiple)));
            }
        }
    }

    /// <summary>Each sequence as a batch of its own, filled up to a longer length.</summary>
    public IEnumerable<TrainingBatch> Alone(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, Length);
        return Enumerable.Range(0, Sequences).Select(sequence => Alone(sequence, length));
    }

    private TrainingBatch Alone(int sequence, int length)
    {
        var tokens = new int[length];
        Array.Fill(tokens, Filling);
        Tokens.AsSpan(sequence * Length, Math.Min(Length, length)).CopyTo(tokens);
        var own = Enumerable.Range(0, Targets).Where(i => TargetRows[i] / Length == sequence).ToList();
        return new(length, 1, tokens, [.. own.Select(i => TargetRows[i] % Length)], [.. own.Select(i => TargetTokens[i])]);
    }

    private static int Filled(int length, int multiple) => (length + multiple - 1) / multiple * multiple;
}
