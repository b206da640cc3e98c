using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Architecture;
using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>All trained matrices of a model, in the order of their layers and modules.</summary>
internal sealed class LowRankPairs : IDisposable
{
    private readonly TensorStore store;
    private readonly Dictionary<string, LowRankPair> pairs = new(StringComparer.Ordinal);

    /// <param name="weights">By name, of the base: whose inputs and outputs the pairs must have.</param>
    public LowRankPairs(DecoderArchitecture architecture, LoraShape shape, IReadOnlyDictionary<string, Tensor> weights, long seed)
    {
        store = new TensorStore(2 * architecture.Layers * shape.TargetModules.Count);
        var parameters = new List<LoraParameter>();
        for (var layer = 0; layer < architecture.Layers; layer++)
        {
            foreach (var module in LoraShape.Modules.Where(shape.TargetModules.Contains))
            {
                var name = DecoderArchitecture.TensorOf(module, layer);
                var weight = weights[name].Shape;
                var pair = new LowRankPair(store, name, (int)weight.A, (int)weight.B, shape.Rank);
                pair.Initialize(SeededRandom.For(seed, pairs.Count));
                pairs[name] = pair;
                parameters.AddRange([pair.A, pair.B]);
            }
        }

        Parameters = parameters;
    }

    public IReadOnlyList<LoraParameter> Parameters { get; }

    public long Bytes => store.Bytes;

    public LowRankPair? Find(string weight) => pairs.GetValueOrDefault(weight);

    public void Allocate(ComputeBackend backend) => store.Allocate(backend);

    public void Upload()
    {
        foreach (var pair in pairs.Values)
        {
            pair.Upload();
        }
    }

    public void Dispose() => store.Dispose();
}
