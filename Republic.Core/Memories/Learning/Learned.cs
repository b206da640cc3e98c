namespace Republic.Core.Memories.Learning;

/// <summary>Something that was found in what a person wrote.</summary>
/// <param name="IsAsked">The person said to remember it.</param>
internal sealed record Learned(string Content, bool IsAsked, double? Importance, Guid Conversation, Guid Message);
