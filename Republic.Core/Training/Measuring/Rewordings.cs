using Republic.Core.Lora.Retention;

namespace Republic.Core.Training.Measuring;

/// <summary>
/// Samples whose words differ from those of their references. Those that mean the same count as agreeing, for both versions alike: if they
/// counted for the new one alone, it would be held against less than the version before really says.
/// </summary>
internal static class Rewordings
{
    public static IReadOnlyCollection<AnswerPair> Of(RetentionFindings findings) =>
        findings
            .Answers.SelectMany(answer =>
                answer
                    .FormerWordings.SelectMany(run => run)
                    .Concat(answer.OtherWordings.Select(other => other.Content))
                    .Select(said => new AnswerPair(answer.Reference, said))
            )
            .ToHashSet();

    /// <summary>True for a sample of the new version that means what its reference says.</summary>
    public static bool Keeps(RetainedAnswer answer, OtherWording other, IReadOnlySet<AnswerPair> same) =>
        same.Contains(new AnswerPair(answer.Reference, other.Content));

    /// <param name="same">The pairs that mean the same.</param>
    public static RetentionFindings Counted(RetentionFindings findings, IReadOnlySet<AnswerPair> same) =>
        findings with
        {
            Answers =
            [
                .. findings.Answers.Select(answer =>
                    answer with
                    {
                        Agreement = answer.Agreement + Share(answer.OtherWordings.Count(other => Keeps(answer, other, same))),
                        AgreementBefore = answer.AgreementBefore + Former(answer, run: 0, same),
                    }
                ),
            ],
            Repeats = [.. findings.Repeats.Select((sum, i) => sum + findings.Answers.Sum(answer => Former(answer, run: i + 1, same)))],
        };

    private static double Former(RetainedAnswer answer, int run, IReadOnlySet<AnswerPair> same) =>
        Share(answer.FormerWordings.ElementAtOrDefault(run)?.Count(said => same.Contains(new AnswerPair(answer.Reference, said))) ?? 0);

    private static double Share(int samples) => (double)samples / AnswerSamples.Count;
}
