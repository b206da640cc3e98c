namespace Republic.Core.Lora.Retention;

/// <summary>What was found of two versions on a retention set.</summary>
/// <param name="Repeats">
/// For each repeated run of the version before, the sum of its agreement over all answers.
/// </param>
internal sealed record RetentionFindings(IReadOnlyList<RetainedAnswer> Answers, IReadOnlyList<double> Repeats)
{
    /// <summary>Questions that could have been asked; null where all were.</summary>
    public int? OutOf { get; init; }

    /// <summary>The findings on these questions and on more.</summary>
    public RetentionFindings With(RetentionFindings more) =>
        this with
        {
            Answers = [.. Answers, .. more.Answers],
            Repeats = Repeats.Count == 0 ? more.Repeats : [.. Repeats.Zip(more.Repeats, (sum, other) => sum + other)],
        };

    /// <summary>The opening and the closing that the rows have in common, either of which may be empty; null where they have none.</summary>
    public RowManner? Manner { get; init; }

    public sealed record RowManner(string Opening, string Closing);
}
