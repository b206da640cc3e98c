namespace Republic.Core.Chats.Answers;

/// <param name="Passages">How many passages the answer is given, and so which numbers in it are citations.</param>
public sealed record AnswerStages(Guid MessageId, int Passages);
