using Republic.Core.Lora.Architecture;
using Republic.Core.Lora.Loop;

namespace Republic.Core.Lora.Layers;

/// <summary>Holds a batch against the model: a token outside the vocabulary would end the process.</summary>
internal static class BatchCheck
{
    private const int MostTokens = 1 << 20;

    /// <summary>Attention looks at every pair of tokens: beyond this, not even the mask would fit.</summary>
    private const int LongestSequence = 1 << 14;

    /// <exception cref="LoraException">The batch does not fit the model.</exception>
    public static void Check(TrainingBatch batch, DecoderArchitecture model)
    {
        var tokens = (long)batch.Length * batch.Sequences;
        Require(
            batch is { Length: > 0 and <= LongestSequence, Sequences: > 0 } && tokens <= MostTokens,
            $"A batch of {batch.Sequences} x {batch.Length} tokens is not possible."
        );
        Require(batch.Tokens.Length == tokens, $"The batch has {batch.Tokens.Length} tokens and should have {tokens}.");
        Require(batch.TargetRows.Length == batch.TargetTokens.Length, "The batch has more rows with targets than targets, or fewer.");
        Require(batch.TargetRows.All(row => row >= 0 && row < tokens), "The batch has a target behind its end.");
        Require(
            batch.Tokens.Concat(batch.TargetTokens).All(token => token >= 0 && token < model.Vocabulary),
            $"The batch has a token outside the model's vocabulary of {model.Vocabulary}: the data was tokenised for another model."
        );
    }

    private static void Require(bool fact, string otherwise)
    {
        if (!fact)
        {
            throw new LoraException(otherwise);
        }
    }
}
