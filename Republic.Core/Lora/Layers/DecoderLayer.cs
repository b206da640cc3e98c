using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>One layer of a decoder: attention, then feed-forward, each around a residual connection.</summary>
internal sealed record DecoderLayer(int Index, AttentionBlock Attention, FeedForwardBlock FeedForward)
{
    public (Tensor Y, KeptActivations Kept) Forward(LayerPass pass, Tensor x)
    {
        var (middle, attention) = Attention.Forward(pass, x);
        var (y, forward) = FeedForward.Forward(pass, middle);
        var kept = new KeptActivations(attention.Heads, attention.IntoOutput.X, middle, forward.Gate, forward.Up)
        {
            AttentionResult = attention.Result,
            ForwardResult = forward.Result,
        };
        return (y, kept);
    }

    /// <summary>Computes the layer again, as far as its gradients need it, and goes back through it.</summary>
    /// <returns>The gradient of <paramref name="x"/>; null in the first layer.</returns>
    public Tensor? Backward(LayerPass pass, Tensor x, Tensor gradient)
    {
        var (middle, attention) = Attention.Forward(pass, x);
        var (_, forward) = FeedForward.Forward(pass, middle);
        return Attention.Backward(pass, attention, FeedForward.Backward(pass, forward, gradient), needsInput: Index > 0);
    }

    /// <summary>Goes back from activations that were kept.</summary>
    public Tensor? Backward(LayerPass pass, Tensor x, KeptActivations kept, Tensor gradient)
    {
        var middle = FeedForward.Backward(pass, FeedForward.Resume(pass, kept), gradient);
        return Attention.Backward(pass, Attention.Resume(pass, x, kept), middle, needsInput: Index > 0);
    }
}
