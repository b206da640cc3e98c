namespace Republic.Core.Answering.Tools;

/// <summary>The reason why a tool call has no result, for the model and for people.</summary>
public sealed class ToolException(string message) : Exception(message);
