using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Weights;

/// <summary>
/// The weights as graphs of a device see them: those of the file themselves on the CPU, copies on a GPU. On a GPU they can
/// be described first, to ask whether it supports them, and copied later.
/// </summary>
internal sealed class DeviceWeights : IDisposable
{
    private readonly WeightsFile file;
    private readonly TensorStore? store;
    private readonly Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);

    public DeviceWeights(WeightsFile file, bool copied)
    {
        this.file = file;
        store = copied ? new TensorStore(file.Tensors.Count) : null;
        foreach (var (name, tensor) in file.Tensors)
        {
            // Embeddings are looked up on the CPU; a device needs their table only where it is the output projection too.
            if (name != "token_embd.weight" || name == OutputOf(file))
            {
                tensors[name] = store?.Add(tensor.Type, tensor.Shape, name) ?? tensor;
            }
        }
    }

    public Tensor this[string name] => tensors[name];

    public long Bytes => store?.Bytes ?? 0;

    public static string OutputOf(WeightsFile file) => file.Tensors.ContainsKey("output.weight") ? "output.weight" : "token_embd.weight";

    public Tensor? Find(string name) => tensors.TryGetValue(name, out var tensor) ? tensor : null;

    /// <exception cref="DeviceMemoryException">The device has no memory for the weights.</exception>
    public void Upload(ComputeBackend backend)
    {
        store?.Allocate(backend);
        foreach (var (name, tensor) in store is null ? [] : tensors)
        {
            for (var from = 0L; from < tensor.Bytes; )
            {
                var bytes = file.BytesOf(file.Tensors[name], from);
                tensor.WriteBytes(bytes, from);
                from += bytes.Length;
            }
        }
    }

    public void Dispose() => store?.Dispose();
}
