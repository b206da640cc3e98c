using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Weights;

/// <summary>
/// Copies of quantised weights in the order that the processor's fastest kernels want, as llama.cpp makes them when it loads
/// a model: several rows interleaved. They serve products alone, and they round as a chat with the model rounds.
/// </summary>
internal sealed class RepackedWeights : IDisposable
{
    private readonly WeightsFile file;

    /// <summary>By the buffer type of their tensors. A processor with AMX has two: its own takes fewer types of weights than the other.</summary>
    private readonly Dictionary<nint, TensorStore> stores = [];
    private readonly Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);

    /// <param name="names">The weights that are multiplied with; those whose type or shape no kernel wants repacked are left out.</param>
    public RepackedWeights(ComputeBackend backend, WeightsFile file, IReadOnlyList<string> names)
    {
        this.file = file;
        foreach (var name in names)
        {
            var tensor = file.Tensors[name];
            // The first that takes it, as llama.cpp chooses: another kernel rounds otherwise.
            var bufferType = backend.RepackBufferTypes.FirstOrDefault(type => backend.Repacks(tensor, type));
            if (bufferType == 0)
            {
                continue;
            }

            if (!stores.TryGetValue(bufferType, out var store))
            {
                stores[bufferType] = store = new TensorStore(names.Count);
            }

            tensors[name] = store.Add(tensor.Type, tensor.Shape, name);
        }
    }

    public long Bytes => stores.Values.Sum(store => store.Bytes);

    public Tensor? Find(string name) => tensors.TryGetValue(name, out var tensor) ? tensor : null;

    /// <exception cref="DeviceMemoryException">There is no memory for the copies.</exception>
    public void Upload()
    {
        foreach (var (bufferType, store) in stores)
        {
            store.Allocate(bufferType);
        }

        foreach (var (name, tensor) in tensors)
        {
            tensor.CopyWhole(file.Tensors[name]);
        }
    }

    public void Dispose()
    {
        foreach (var store in stores.Values)
        {
            store.Dispose();
        }
    }
}
