using Republic.Core.Llama.Native;
using Republic.Core.Lora.Rows;

namespace Republic.Core.Lora.Retention;

/// <summary>Tells answers that have come apart: those that loop, never end, or hold text that neither the base nor the rows would.</summary>
/// <param name="learned">Rows that were trained on: what stands in them may be new to the base and is no nonsense.</param>
internal sealed class AnswerHealth(LlamaModel model, IEnumerable<TrainingExample> learned)
{
    /// <summary>A token that the base gives a smaller chance than e^−5 (0.7 %) is one that it would not write.</summary>
    private const double Impossible = 5;
    private const int FewestImpossible = 3;
    private const double ImpossibleShare = 0.1;
    private const int LongestPeriod = 12;
    private const int Repeats = 3;
    private readonly HashSet<(int, int)> pairs = [.. learned.SelectMany(row => row.Tokens.Zip(row.Tokens.Skip(1)))];

    /// <param name="answer">Tokens as the new version wrote them, with the one that ends it.</param>
    /// <param name="surprise">−log p of each under the version before, in nats.</param>
    /// <param name="saysTheSame">It says what the version before said: whatever surprises there is around it is a manner, and no nonsense.</param>
    /// <returns>What is wrong with it, as half a sentence for people; null where nothing is.</returns>
    public string? Problem(int[] answer, IReadOnlyList<double> surprise, bool saysTheSame)
    {
        var hasEnded = answer.Length > 0 && model.EndsGeneration(answer[^1]);
        if (Loops(answer))
        {
            return hasEnded ? "repeats itself" : "repeats itself until it is cut off";
        }

        return answer.Length == 0 || (hasEnded && answer.Length == 1) ? "is empty"
            : saysTheSame ? null
            : ImpossibleIn(answer, surprise) is var strange && strange >= FewestImpossible && strange >= ImpossibleShare * answer.Length
                ? "contains text that the model is unlikely to write"
            : null;
    }

    /// <summary>Whether some run of tokens stands three times in a row, and is more than a single pair of signs.</summary>
    public static bool Loops(int[] answer)
    {
        for (var period = 1; period <= LongestPeriod; period++)
        {
            // Short periods must go on longer: "ha ha ha" and a row of dashes are no loop yet.
            var needed = Math.Max(Repeats * period, 2 * LongestPeriod);
            var same = 0;
            for (var i = period; i < answer.Length; i++)
            {
                same = answer[i] == answer[i - period] ? same + 1 : 0;
                if (same + period >= needed)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private int ImpossibleIn(int[] answer, IReadOnlyList<double> surprise) =>
        Enumerable
            .Range(0, answer.Length)
            .Count(i => !(surprise[i] <= Impossible) && (i == 0 || !pairs.Contains((answer[i - 1], answer[i]))));
}
