namespace Republic.Core.Memories.Recall;

/// <param name="Fits">Found for the question; else it matters always.</param>
public sealed record RecalledMemory(Guid Id, string Content, bool Fits);
