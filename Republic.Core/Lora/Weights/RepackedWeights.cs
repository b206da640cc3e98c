using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Weights;

/// <summary>
/// Copies of quantised weights in the order that the processor's fastest kernels want, as llama.cpp makes them when it loads
/// a model: several rows interleaved. They serve products alone, and they round as a chat with the model rounds.
/// </summary>
internal sealed class RepackedWeights : IDisposable
{
    private readonly WeightsFile file;
    private readonly nint bufferType;
    private readonly TensorStore store;
    private readonly Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);

    /// <param name="names">The weights that are multiplied with; those whose type or shape no kernel wants repacked are left out.</param>
    public RepackedWeights(ComputeBackend backend, WeightsFile file, IReadOnlyList<string> names)
    {
        this.file = file;
        store = new TensorStore(names.Count);
        bufferType = backend.RepackBufferTypes.FirstOrDefault(type => names.Any(name => backend.Repacks(file.Tensors[name], type)));
        foreach (var name in bufferType == 0 ? [] : names)
        {
            var tensor = file.Tensors[name];
            if (backend.Repacks(tensor, bufferType))
            {
                tensors[name] = store.Add(tensor.Type, tensor.Shape, name);
            }
        }
    }

    public long Bytes => store.Bytes;

    public Tensor? Find(string name) => tensors.TryGetValue(name, out var tensor) ? tensor : null;

    /// <exception cref="DeviceMemoryException">There is no memory for the copies.</exception>
    public void Upload()
    {
        store.Allocate(bufferType);
        foreach (var (name, tensor) in tensors)
        {
            tensor.CopyWhole(file.Tensors[name]);
        }
    }

    public void Dispose() => store.Dispose();
}
