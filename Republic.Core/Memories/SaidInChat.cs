namespace Republic.Core.Memories;

/// <summary>What a person wrote to a minion, and where.</summary>
public sealed record SaidInChat(Guid Person, Guid Minion, Guid Conversation, Guid Message, string Text);
