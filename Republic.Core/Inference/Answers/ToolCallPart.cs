namespace Republic.Core.Inference.Answers;

/// <summary>A piece of an answer that may call tools.</summary>
/// <param name="Text">Words; or of a call a piece of its arguments.</param>
/// <param name="Call">The number of the call, from 0; null for words.</param>
/// <param name="Name">At the beginning of a call: the tool.</param>
internal readonly record struct ToolCallPart(string Text, int? Call = null, string? Name = null);
