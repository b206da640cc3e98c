using Republic.Core.Inference.Generation;

namespace Republic.Core.Inference.Answers;

/// <summary>What is added to one of the answers to a request: words or a piece of a call, and the likelihoods of tokens where they are wanted.</summary>
internal readonly record struct ChoicePart(byte[] Words, ToolCallPart? Call, IReadOnlyList<TokenLikelihood> Tokens);
