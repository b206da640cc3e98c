namespace Republic.Core.Chats.Answers;

/// <param name="Offset">Where this text begins in the answer, in UTF-16 units as JavaScript counts them.</param>
public sealed record AnswerDelta(Guid MessageId, int Offset, string Text);
