namespace Republic.Core.Training.Gate;

/// <summary>An answer that the new version gives in other words, and that counts as kept by its meaning.</summary>
/// <param name="Prompt">The question as a person wrote it.</param>
/// <param name="Kind">general, domain (of the base model) or chats (of the minion itself).</param>
/// <param name="Before">The reference: what the version before answered.</param>
/// <param name="After">What the new version answers, of its tries in other words the first.</param>
/// <param name="Tries">How many of its tries say the same in other words.</param>
public sealed record RewordedAnswer(string Prompt, string Kind, string Before, string After, int Tries);
