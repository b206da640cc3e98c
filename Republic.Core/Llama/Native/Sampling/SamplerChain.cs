using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Native.Sampling;

/// <summary>How the next token is chosen from the logits; holds the random state and the penalties' memory of one request.</summary>
internal sealed class SamplerChain : SafeHandle
{
    private const int RepeatWindow = 64;

    public SamplerChain(SamplingSettings settings, LlamaModel model)
        : base(0, ownsHandle: true)
    {
        SetHandle(LlamaApi.llama_sampler_chain_init(noPerf: 1));
        var vocabulary = model.VocabularySize;
        if (settings.IgnoreEnd)
        {
            Add(Biased(model, [.. model.EndTokens.Select(token => new LlamaLogitBias { token = token, bias = float.NegativeInfinity })]));
        }

        if (settings.Biases.Count > 0)
        {
            Add(Biased(model, [.. settings.Biases]));
        }

        if (settings.RepeatPenalty != 1)
        {
            Add(LlamaApi.llama_sampler_init_penalties(vocabulary, RepeatWindow, settings.RepeatPenalty, 0, 0));
        }

        if (settings.FrequencyPenalty != 0 || settings.PresencePenalty != 0)
        {
            var all = model.ContextLength;
            Add(LlamaApi.llama_sampler_init_penalties(vocabulary, all, 1, settings.FrequencyPenalty, settings.PresencePenalty));
        }

        if (settings.Temperature <= 0)
        {
            Add(LlamaApi.llama_sampler_init_greedy());
            return;
        }

        if (settings.TopK > 0)
        {
            Add(LlamaApi.llama_sampler_init_top_k(settings.TopK));
        }

        if (settings.TopP < 1)
        {
            Add(LlamaApi.llama_sampler_init_top_p(settings.TopP, 1));
        }

        if (settings.MinP > 0)
        {
            Add(LlamaApi.llama_sampler_init_min_p(settings.MinP, 1));
        }

        Add(LlamaApi.llama_sampler_init_temp(settings.Temperature));
        Add(LlamaApi.llama_sampler_init_dist(settings.Seed));
    }

    public override bool IsInvalid => handle == 0;

    /// <param name="index">Where in the last batch the logits are.</param>
    public int Sample(LlamaContext context, int index) => LlamaApi.llama_sampler_sample(handle, context.Pointer, index);

    /// <summary>Chooses one of these and does not take it yet.</summary>
    /// <param name="tokens">With their logits; their order changes.</param>
    public unsafe int Choose(Span<LlamaTokenData> tokens)
    {
        fixed (LlamaTokenData* from = tokens)
        {
            var array = new LlamaTokenDataArray
            {
                data = from,
                size = (nuint)tokens.Length,
                selected = -1,
            };
            LlamaApi.llama_sampler_apply(handle, &array);
            return array.selected >= 0 ? array.data[array.selected].id : throw new InvalidOperationException("The sampler chose no token.");
        }
    }

    /// <summary>Takes a token, which counts for penalties.</summary>
    public void Accept(int token) => LlamaApi.llama_sampler_accept(handle, token);

    protected override bool ReleaseHandle()
    {
        LlamaApi.llama_sampler_free(handle);
        return true;
    }

    private static unsafe nint Biased(LlamaModel model, LlamaLogitBias[] biases)
    {
        fixed (LlamaLogitBias* from = biases)
        {
            return LlamaApi.llama_sampler_init_logit_bias(model.VocabularySize, biases.Length, from);
        }
    }

    private void Add(nint sampler) => LlamaApi.llama_sampler_chain_add(handle, sampler);
}
