namespace Republic.Core.Citizens;

/// <summary>Not a PNG picture that is taken. The message is for the person who sent it.</summary>
public sealed class PngException(string message, Exception? inner = null) : Exception(message, inner);
