using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Weights;

/// <summary>
/// Copies of weights with rows and columns swapped, for the gradient Wᵀ·dY. ggml cannot transpose what is stored in blocks,
/// and a matrix product wants its rows in order, so a copy made once saves that work in every pass.
/// </summary>
internal sealed class TransposedWeights : IDisposable
{
    private const long NumberBytes = 2;
    private readonly TensorStore store;
    private readonly Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
    private readonly WeightsFile file;

    /// <param name="names">The weights that a backward pass needs, in the order in which they are worth a copy.</param>
    /// <param name="mostBytes">What the copies may take; weights beyond it are transposed in the graph each time.</param>
    public TransposedWeights(WeightsFile file, IReadOnlyList<string> names, TensorType type, long mostBytes)
    {
        this.file = file;
        Type = type;
        store = new TensorStore(names.Count);
        foreach (var name in names)
        {
            var shape = file.Tensors[name].Shape;
            var bytes = shape.Count * (type == TensorType.F32 ? 2 * NumberBytes : NumberBytes);
            if (bytes <= mostBytes)
            {
                mostBytes -= bytes;
                Planned += bytes;
                tensors[name] = store.Add(type, new(shape.B, shape.A), name);
            }
        }
    }

    public TensorType Type { get; }

    public long Bytes => store.Bytes;

    /// <summary>What the copies will take.</summary>
    public long Planned { get; }

    public Tensor? Find(string name) => tensors.TryGetValue(name, out var tensor) ? tensor : null;

    /// <summary>Makes the copies, on the CPU, whatever the device: not every device can convert every type.</summary>
    /// <exception cref="DeviceMemoryException">The device has no memory for the copies.</exception>
    public void Upload(ComputeBackend backend, CancellationToken ct)
    {
        store.Allocate(backend);
        using var cpu = ComputeBackend.Cpu(1);
        using var transposer = new WeightTransposer(cpu, Type);
        foreach (var (name, tensor) in tensors)
        {
            ct.ThrowIfCancellationRequested();
            transposer.Write(file.Tensors[name], tensor, directly: backend.UsesHostMemory);
        }
    }

    public void Dispose() => store.Dispose();
}
