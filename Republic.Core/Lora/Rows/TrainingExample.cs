namespace Republic.Core.Lora.Rows;

/// <summary>One conversation as the model reads it.</summary>
/// <param name="Learned">
/// As long as <paramref name="Tokens"/>. True where the token is part of an answer: the model is to predict it from the
/// tokens before it. The first token has none before it and is never learned.
/// </param>
internal sealed record TrainingExample(int[] Tokens, bool[] Learned)
{
    public int LearnedCount => Learned.AsSpan().Count(true);

    public TrainingExample CutTo(int length) => Tokens.Length <= length ? this : new(Tokens[..length], Learned[..length]);
}
