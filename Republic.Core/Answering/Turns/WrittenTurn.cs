namespace Republic.Core.Answering.Turns;

/// <summary>An answer as it came, before its end is saved.</summary>
/// <param name="StartedAt">When this writing began, as it is stored with the turn.</param>
public sealed record WrittenTurn(AnswerReceipt Receipt, string Text, DateTimeOffset StartedAt);
