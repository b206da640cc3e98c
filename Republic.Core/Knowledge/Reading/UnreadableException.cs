namespace Republic.Core.Knowledge.Reading;

/// <summary>A document that cannot be read, found out deep inside a reader. The message is for people.</summary>
public sealed class UnreadableException(string message) : Exception(message);
