using Republic.Core.Inference.Generation;

namespace Republic.Core.Inference.Answers;

/// <summary>A piece of one of the answers to a request: words or a part of a call, and the likelihoods of its tokens where they were asked for.</summary>
internal readonly record struct ChoicePart(byte[] Words, ToolCallPart? Call, IReadOnlyList<TokenLikelihood> Tokens);
