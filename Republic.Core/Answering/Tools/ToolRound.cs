namespace Republic.Core.Answering.Tools;

/// <summary>One question to the model within an answer, with the calls that the model asked for.</summary>
/// <param name="Text">The text that the model wrote before its calls.</param>
/// <param name="Calls">The calls, in the order of the model.</param>
public sealed record ToolRound(string Text, IReadOnlyList<ToolCall> Calls);
