using System.IO.MemoryMappedFiles;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Weights;

/// <summary>The tensors of a GGUF file where they lie: mapped into memory, so that they share the page cache with llama.cpp.</summary>
internal sealed unsafe class WeightsFile : IDisposable
{
    private readonly MemoryMappedFile mapping;
    private readonly MemoryMappedViewAccessor view;
    private readonly TensorStore store;
    private readonly Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
    private readonly byte* start;
    private bool disposed;

    /// <param name="file">The checked header of the file at <paramref name="path"/>.</param>
    public WeightsFile(string path, GgufFile file)
    {
        mapping = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        view = mapping.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        store = new TensorStore(file.Tensors.Count);
        foreach (var tensor in file.Tensors)
        {
            tensors[tensor.Name] = store.Add((TensorType)tensor.Type.Id, ShapeOf(tensor), tensor.Name);
        }

        store.Map(start, file.FileBytes);
        foreach (var tensor in file.Tensors)
        {
            store.Place(tensors[tensor.Name], start + file.DataStart + tensor.Offset);
        }
    }

    public IReadOnlyDictionary<string, Tensor> Tensors => tensors;

    /// <summary>A tensor's bytes from one on, as many as a span can hold.</summary>
    public ReadOnlySpan<byte> BytesOf(Tensor tensor, long from)
    {
        const int most = 1 << 28;
        return new((byte*)tensor.Pointer->data + from, (int)Math.Min(tensor.Bytes - from, most));
    }

    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            store.Dispose();
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            mapping.Dispose();
        }
    }

    private static TensorShape ShapeOf(GgufTensor tensor)
    {
        long At(int axis) => axis < tensor.Shape.Count ? tensor.Shape[axis] : 1;
        return new TensorShape(At(0), At(1), At(2), At(3));
    }
}
