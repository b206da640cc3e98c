namespace Republic.Core.Inference.Generation;

/// <summary>What one step adds to an answer.</summary>
/// <param name="Text">UTF-8, whole characters.</param>
/// <param name="Tokens">The tokens that were chosen since the last piece, where their likelihoods are wanted.</param>
internal readonly record struct AnswerPiece(byte[] Text, IReadOnlyList<TokenLikelihood> Tokens);
