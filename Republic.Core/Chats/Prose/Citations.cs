using Republic.Core.Chats.Messages;

namespace Republic.Core.Chats.Prose;

/// <summary>What the numbers in an answer's square brackets may stand for.</summary>
/// <param name="Message">Whose sources they lead to.</param>
/// <param name="Passages">How many there are: a higher number is no citation.</param>
public sealed record Citations(Guid Message, int Passages);
