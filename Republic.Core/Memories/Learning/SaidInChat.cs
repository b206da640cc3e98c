namespace Republic.Core.Memories.Learning;

/// <summary>What a person wrote to a minion, and where.</summary>
public sealed record SaidInChat(Guid Person, Guid Minion, Guid Conversation, Guid Message, string Text);
