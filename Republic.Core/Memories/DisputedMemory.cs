namespace Republic.Core.Memories;

/// <summary>The person said two things that cannot both be true, and has not said which is.</summary>
/// <param name="Case">Of the contradiction.</param>
/// <param name="IsAsked">One of the two is what fits the question best.</param>
public sealed record DisputedMemory(Guid Case, string Older, string Newer, bool IsAsked);
