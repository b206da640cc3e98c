namespace Republic.Core.Lora.Retention;

/// <summary>What was found of two versions on a retention set.</summary>
/// <param name="NullLosses">
/// Answers that each of two runs lost that should change nothing: the version before, asked again as in a chat.
/// </param>
internal sealed record RetentionFindings(IReadOnlyList<RetainedAnswer> Answers, IReadOnlyList<int> NullLosses);
