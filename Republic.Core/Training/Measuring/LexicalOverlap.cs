using System.Text;
using Republic.Core.Datasets.Splitting;
using Republic.Core.Datasets.Versions;
using Republic.Core.Lora.Retention;
using Republic.Core.Training.Gate;

namespace Republic.Core.Training.Measuring;

/// <summary>
/// The overlap by words. It tells, without any model, rows whose answers were mixed up from rows whose subject the base does not know: to its
/// losses both look alike.
/// </summary>
internal static class LexicalOverlap
{
    /// <summary>With that of <see cref="SemanticOverlap"/>, the second chance of the same rows, 2.5 %.</summary>
    private const double Tail = 0.02;

    /// <returns>In shares of a question's words, weighed by how rare they are; null where there are too few groups of rows.</returns>
    public static ConfidenceInterval? IntervalOf(IReadOnlyList<SampleRow> rows, int seed)
    {
        List<string> questions = [.. rows.Select(QuestionOverlap.Question)];
        List<string> answers = [.. rows.Select(QuestionOverlap.Answer)];
        var content = new AnswerContent(questions);
        var shingles = questions.ConvertAll(Shingles);
        return QuestionOverlap.IntervalOf(
            rows,
            (one, other) => Alike(shingles[one], shingles[other]),
            (asked, answered) => content.Share(questions[asked], answers[answered]),
            Tail,
            seed
        );
    }

    private static HashSet<ulong> Shingles(string text)
    {
        var words = new TextShingles();
        words.Read(Encoding.UTF8.GetBytes(text));
        return [.. words.All];
    }

    /// <summary>The Jaccard similarity: |A ∩ B| / |A ∪ B|.</summary>
    private static double Alike(HashSet<ulong> one, HashSet<ulong> other)
    {
        var both = one.Count(other.Contains);
        return both == 0 ? 0 : (double)both / (one.Count + other.Count - both);
    }
}
