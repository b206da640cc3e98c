namespace Republic.Core.Memories;

public sealed record RecalledMemory(Guid Id, string Content);
