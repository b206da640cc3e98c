namespace Republic.Core.Lora.Retention;

/// <summary>What was found of two versions on a retention set.</summary>
/// <param name="Repeats">
/// For each time that the version before was asked once more: the sum, over the answers, of the share of tries that said the same.
/// </param>
internal sealed record RetentionFindings(IReadOnlyList<RetainedAnswer> Answers, IReadOnlyList<double> Repeats);
