using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Architecture;
using Republic.Core.Lora.Graph;
using Republic.Core.Lora.Weights;

namespace Republic.Core.Lora.Layers;

/// <summary>
/// A base model with low-rank pairs, laid out for one device. It is described first, so that the device can be asked
/// whether it computes all of it, and takes memory only by <see cref="Upload"/>.
/// </summary>
internal sealed class TrainableDecoder : IDisposable
{
    private readonly ComputeBackend backend;
    private readonly DeviceWeights weights;
    private readonly RepackedWeights repacked;
    private readonly TransposedWeights transposed;
    private readonly LowRankPairs pairs;

    public TrainableDecoder(
        ComputeBackend backend,
        WeightsFile file,
        DecoderArchitecture architecture,
        LoraShape lora,
        LoraModelSettings settings
    )
    {
        this.backend = backend;
        var type = settings.TransposedType ?? TransposedTypeFor(backend);
        var spare = settings.SpareBytes ?? (AvailableMemory.Of(backend.Device) / 2);
        weights = new DeviceWeights(file, copied: !backend.UsesHostMemory);
        var output = DeviceWeights.OutputOf(file);
        repacked = new RepackedWeights(backend, file, [output, .. NamesOf(architecture, first: 0)]);
        transposed = new TransposedWeights(file, [output, .. NamesOf(architecture, first: 1)], type, spare);
        pairs = new LowRankPairs(architecture, lora, file.Tensors, settings.Seed);
        Layers = new LayerStack(
            backend,
            architecture,
            lora,
            [.. Enumerable.Range(0, architecture.Layers).Select(i => Layer(architecture, i))]
        )
        {
            TransposedType = type,
            SpareBytes = spare - transposed.Planned,
        };
        Head = new CrossEntropyHead(backend, architecture, weights["output_norm.weight"], Projection(output));
    }

    public LayerStack Layers { get; }

    public CrossEntropyHead Head { get; }

    public ComputeBackend Backend => backend;

    public TensorType TransposedType => transposed.Type;

    public IReadOnlyList<LoraParameter> Parameters => pairs.Parameters;

    /// <summary>Weights copied to the device or repacked: 0 where they are used in place.</summary>
    public long WeightBytes => weights.Bytes + repacked.Bytes;

    public long TransposedBytes => transposed.Bytes;

    public long ParameterBytes => pairs.Bytes;

    public long ComputeBytes => Layers.Bytes + Head.Bytes;

    public IReadOnlyList<string> Unsupported() => [.. Layers.Unsupported().Concat(Head.Unsupported(TransposedType)).Distinct()];

    /// <exception cref="DeviceMemoryException">The device has no memory for it.</exception>
    public void Upload(CancellationToken ct)
    {
        weights.Upload(backend);
        repacked.Upload();
        transposed.Upload(backend, ct);
        pairs.Allocate(backend);
        pairs.Upload();
    }

    /// <summary>Gives back what batches have taken, so that a smaller one may fit.</summary>
    public void Free()
    {
        Layers.Free();
        Head.Free();
    }

    public void UploadParameters() => pairs.Upload();

    public void Dispose()
    {
        Head.Dispose();
        Layers.Dispose();
        pairs.Dispose();
        transposed.Dispose();
        repacked.Dispose();
        weights.Dispose();
        backend.Dispose();
    }

    /// <summary>BF16 halves the memory as F16 does, keeps the range of gradients, and some processors multiply it twice as fast.</summary>
    private static TensorType TransposedTypeFor(ComputeBackend backend) =>
        backend.HasFeature("AVX512_BF16") ? TensorType.BF16 : TensorType.F16;

    /// <param name="first">Below this layer the projections of attention's inputs are left out.</param>
    private static IEnumerable<string> NamesOf(DecoderArchitecture architecture, int first) =>
        from layer in Enumerable.Range(0, architecture.Layers).Reverse()
        from module in LoraShape.Modules
        // Nothing is trained below the first layer, so the gradients of its inputs are never asked for.
        where layer >= first || module is not ("q" or "k" or "v")
        select DecoderArchitecture.TensorOf(module, layer);

    private Projection Projection(string name) => new(repacked.Find(name) ?? weights[name], weights[name], transposed.Find(name));

    private DecoderLayer Layer(DecoderArchitecture architecture, int index)
    {
        Projection Of(string module)
        {
            var name = DecoderArchitecture.TensorOf(module, index);
            return Projection(name) with
            {
                Bias = weights.Find(DecoderArchitecture.BiasOf(name)),
                Lora = pairs.Find(name),
                Module = LoraShape.Modules.ToList().IndexOf(module),
            };
        }

        BranchNorm? Norm(string part) =>
            weights.Find($"blk.{index}.{part}.weight") is { } weight ? new(weight, architecture.Epsilon) : null;
        var attention = new AttentionBlock(
            architecture,
            weights[$"blk.{index}.attn_norm.weight"],
            architecture.RopeOf(index),
            weights.Find("rope_freqs.weight")
        )
        {
            Queries = Of("q"),
            Keys = Of("k"),
            Values = Of("v"),
            Output = Of("o"),
            QueryNorm = weights.Find($"blk.{index}.attn_q_norm.weight"),
            KeyNorm = weights.Find($"blk.{index}.attn_k_norm.weight"),
            BranchNorm = Norm("post_attention_norm"),
        };
        var forward = new FeedForwardBlock(architecture, weights[$"blk.{index}.ffn_norm.weight"])
        {
            Gate = Of("gate"),
            Up = Of("up"),
            Down = Of("down"),
            BranchNorm = Norm("post_ffw_norm"),
        };
        return new DecoderLayer(index, attention, forward);
    }
}
