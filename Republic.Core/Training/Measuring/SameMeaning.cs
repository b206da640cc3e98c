using System.Numerics.Tensors;
using Republic.Core.Knowledge.Reading;

namespace Republic.Core.Training.Measuring;

/// <summary>
/// Decides whether two answers to one question, whose words differ, say the same: by the vectors of the built-in embedding model, and by
/// what such a model hardly sees. Doubt is a no, since an answer that counts as kept by mistake could let a version through that forgot it.
/// </summary>
internal static class SameMeaning
{
    /// <summary>
    /// The least cosine of two answers that say the same. Of the pairs of <c>bench/meaning</c>, judged by hand, 49 differ in words and in what
    /// they say: none of these is as near, whatever its text states, and none of the answers of the built-in model to two questions.
    /// </summary>
    public const double Threshold = 0.8;

    /// <summary>Vectors of shorter texts tell of their subject and of little else.</summary>
    private const int FewestWords = 4;

    /// <summary>Half an answer is near the whole, and so is one with something added that nobody said before.</summary>
    private const double LeastLength = 0.6;
    private const string Language = "english";

    /// <summary>False where no vector could make them the same, so that none need be asked for.</summary>
    public static bool MayBe(string before, string after)
    {
        var (was, now) = (new AnswerFacts(before), new AnswerFacts(after));
        var (shorter, longer) = (Math.Min(was.Length, now.Length), Math.Max(was.Length, now.Length));
        return shorter >= FewestWords
            && shorter >= LeastLength * longer
            && was.IsCompatibleWith(now)
            && LanguageGuess.Of(before) == Language
            && LanguageGuess.Of(after) == Language;
    }

    /// <summary>True where the vectors are near each other and nothing in the texts speaks against it.</summary>
    public static bool Is(string before, string after, ReadOnlySpan<float> vectorBefore, ReadOnlySpan<float> vectorAfter) =>
        MayBe(before, after)
        && !vectorBefore.IsEmpty
        && vectorBefore.Length == vectorAfter.Length
        && TensorPrimitives.CosineSimilarity(vectorBefore, vectorAfter) >= Threshold;
}
