namespace Republic.Core.Training.Gate;

/// <summary>An answer that the version before could give and the new one no longer gives.</summary>
/// <param name="Prompt">The question as a person wrote it.</param>
/// <param name="Kind">general, domain (of the base model) or chats (of the minion itself).</param>
/// <param name="Before">The reference: what the version before answered.</param>
/// <param name="After">What the new version answers to the same prompt: of its tries that say something else a broken one, else the first.</param>
/// <param name="Reason">Why it counts as lost, as half a sentence for people ("repeats itself until it is cut off").</param>
/// <param name="IsDegenerate">One of its tries loops, never ends, is empty, or holds text that the version before would not write.</param>
public sealed record LostAnswer(string Prompt, string Kind, string Before, string After, string Reason, bool IsDegenerate);
