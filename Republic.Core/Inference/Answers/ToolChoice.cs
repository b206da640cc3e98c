namespace Republic.Core.Inference.Answers;

/// <summary>The tools of a request, and what the model may do with them.</summary>
/// <param name="Tools">Those that it may call.</param>
/// <param name="IsRequired">It has to call one.</param>
/// <param name="MayCallSeveral">It may call several at once.</param>
internal sealed record ToolChoice(IReadOnlyList<Tool> Tools, bool IsRequired, bool MayCallSeveral);
