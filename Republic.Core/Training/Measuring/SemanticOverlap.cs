using System.Numerics.Tensors;
using Republic.Core.Datasets.Versions;
using Republic.Core.Training.Gate;

namespace Republic.Core.Training.Measuring;

/// <summary>
/// The overlap by meaning, for rows whose answers repeat no word of their questions: "i just woke up and need coffee" is answered with a kettle
/// that is warming up.
/// </summary>
internal static class SemanticOverlap
{
    /// <summary>As <see cref="LexicalOverlap"/> has it.</summary>
    private const double Tail = 0.005;

    /// <param name="vectors">Of all questions and answers.</param>
    /// <returns>As a difference of cosines; null where there are too few groups of rows.</returns>
    public static ConfidenceInterval? IntervalOf(IReadOnlyList<SampleRow> rows, IReadOnlyDictionary<string, float[]> vectors, int seed)
    {
        List<float[]> questions = [.. rows.Select(row => vectors[QuestionOverlap.Question(row)])];
        List<float[]> answers = [.. rows.Select(row => vectors[QuestionOverlap.Answer(row)])];
        return QuestionOverlap.IntervalOf(
            rows,
            (one, other) => Cosine(questions[one], questions[other]),
            (asked, answered) => Cosine(questions[asked], answers[answered]),
            Tail,
            seed
        );
    }

    /// <summary>Of two vectors; 0 where one is missing.</summary>
    public static double Cosine(float[] one, float[] other) =>
        one.Length > 0 && one.Length == other.Length ? TensorPrimitives.CosineSimilarity<float>(one, other) : 0;
}
