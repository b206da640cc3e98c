using System.Buffers;
using Republic.Core.Llama.Grammars;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Native.Sampling;

namespace Republic.Core.Inference.Generation;

/// <summary>
/// Keeps an answer to a grammar. The model's own choice is taken where it is a legal one, and only else is one made among the legal ones; both
/// together choose as one among the legal ones would. So that no answer breaks off in the middle, those are left out near the end of an answer's
/// length from which the text could not be brought to its end any more.
/// </summary>
/// <param name="begun">What is there of the answer already, as UTF-8.</param>
internal sealed class AnswerConstraint(Grammar grammar, LlamaModel model, ReadOnlyMemory<byte> begun = default)
{
    /// <summary>What one answer may cost in steps of the grammar, about two seconds.</summary>
    private const long MostWork = 20_000_000;

    /// <summary>And one token of it, but for the first, before which an answer that was begun elsewhere is read: all others wait for that.</summary>
    private const long MostWorkAtOnce = 5_000_000;
    private readonly TokenTable tokens = model.Tokens;
    private GrammarState? known;
    private long work = MostWork;

    /// <summary>The text is whole, and nothing can follow it.</summary>
    public bool IsComplete => State.IsFinal;

    /// <summary>The end of the length was in the way of what the model wanted to say.</summary>
    public bool IsCutShort { get; private set; }

    // Found when the first token is chosen: a grammar is followed by that thread alone.
    private GrammarState State =>
        known ??= grammar.Start.Next(begun.Span) ?? throw new GrammarException("The answer so far is no beginning of what was asked for.");

    /// <param name="left">How many tokens the answer may still have, with this one.</param>
    public int Choose(SamplerChain sampler, ReadOnlySpan<float> logits, int left)
    {
        var allowance = grammar.Allowance = known is null ? work : Math.Min(work, MostWorkAtOnce);
        var buffer = ArrayPool<LlamaTokenData>.Shared.Rent(logits.Length);
        try
        {
            var count = 0;
            for (; count < logits.Length; count++)
            {
                buffer[count] = new LlamaTokenData { id = count, logit = logits[count] };
            }

            // Where no token brings the end near enough none is refused for that: then the answer is cut off, as any answer is.
            var most = State.LeastBytes - tokens.Longest > left - 1 ? int.MaxValue : left - 1;
            var token = sampler.Choose(buffer.AsSpan(0, count));
            if (!IsLegal(token, most))
            {
                token = sampler.Choose(Legal(buffer, logits, most));
            }

            sampler.Accept(token);
            known = model.EndsGeneration(token) ? State : State.Next(tokens.BytesOf(token));
            return token;
        }
        finally
        {
            ArrayPool<LlamaTokenData>.Shared.Return(buffer);
            work -= allowance - grammar.Allowance;
        }
    }

    private bool IsLegal(int token, int left)
    {
        if (model.EndsGeneration(token))
        {
            return State.Accepts;
        }

        if (tokens.BytesOf(token) is not { IsEmpty: false } bytes || State.Next(bytes) is not { } next)
        {
            return false;
        }

        IsCutShort |= next.LeastBytes > left;
        return next.LeastBytes <= left;
    }

    private Span<LlamaTokenData> Legal(LlamaTokenData[] buffer, ReadOnlySpan<float> logits, int left)
    {
        var legal = tokens.Legal(State);
        // As many bytes as the longest token can add to the way to the end: with more left there is no need to look at each.
        var isNear = State.LeastBytes + ((long)tokens.Longest * grammar.LongestLeast) > left;
        var count = Fill(
            buffer,
            logits,
            isNear ? legal.Tokens().Where(token => State.Next(tokens.BytesOf(token))!.LeastBytes <= left) : legal.Tokens()
        );
        if (State.Accepts)
        {
            count += Fill(buffer.AsSpan(count), logits, model.EndTokens);
        }

        count = count > 0 ? count : Fill(buffer, logits, legal.Tokens());
        return count > 0
            ? buffer.AsSpan(0, count)
            : throw new GrammarException(
                "The model has no token that may come next in what was asked for. Ask for another shape of answer."
            );
    }

    private static int Fill(Span<LlamaTokenData> buffer, ReadOnlySpan<float> logits, IEnumerable<int> tokens)
    {
        var count = 0;
        foreach (var token in tokens)
        {
            buffer[count++] = new LlamaTokenData { id = token, logit = logits[token] };
        }

        return count;
    }
}
