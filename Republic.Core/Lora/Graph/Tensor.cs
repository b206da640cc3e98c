using System.Runtime.InteropServices;
using Republic.Core.Llama.Native.Ggml;

namespace Republic.Core.Lora.Graph;

/// <summary>
/// One tensor of ggml. It belongs to the <see cref="TensorStore"/> or <see cref="ComputeGraph"/> that made it, and must
/// not be used after that is disposed.
/// </summary>
internal readonly unsafe struct Tensor(GgmlTensor* pointer) : IEquatable<Tensor>
{
    public GgmlTensor* Pointer => pointer;

    public TensorType Type => (TensorType)pointer->type;

    public TensorShape Shape => new(pointer->ne[0], pointer->ne[1], pointer->ne[2], pointer->ne[3]);

    public long Count => Shape.Count;

    public long Bytes => (long)GgmlApi.ggml_nbytes(pointer);

    public bool HasMemory => pointer->data is not null;

    /// <summary>False for what <see cref="ComputeGraph.Transpose"/> and <see cref="ComputeGraph.Permute"/> give: only a way to look at other memory.</summary>
    public bool IsContiguous => GgmlApi.ggml_is_contiguous(pointer) != 0;

    public string Name => Marshal.PtrToStringUTF8((nint)pointer->name) ?? "";

    /// <param name="values">As many as the tensor holds. They are on the device when this returns.</param>
    public void Write(ReadOnlySpan<float> values)
    {
        RequireMemory(values.Length, TensorType.F32);
        fixed (float* from = values)
        {
            GgmlApi.ggml_backend_tensor_set(pointer, from, 0, (nuint)values.Length * sizeof(float));
        }
    }

    public void Write(ReadOnlySpan<int> values)
    {
        RequireMemory(values.Length, TensorType.I32);
        fixed (int* from = values)
        {
            GgmlApi.ggml_backend_tensor_set(pointer, from, 0, (nuint)values.Length * sizeof(int));
        }
    }

    /// <param name="bytes">The tensor as its type stores it.</param>
    public void WriteBytes(ReadOnlySpan<byte> bytes, long offset = 0)
    {
        if (!HasMemory || offset < 0 || offset + bytes.Length > Bytes)
        {
            throw new InvalidOperationException($"{bytes.Length} bytes at {offset} do not fit into {this}, or it has no memory yet.");
        }

        fixed (byte* from = bytes)
        {
            GgmlApi.ggml_backend_tensor_set(pointer, from, (nuint)offset, (nuint)bytes.Length);
        }
    }

    /// <summary>Takes over all bytes of another tensor that lies in memory of the process. Repacked memory takes no parts.</summary>
    public void CopyWhole(Tensor from)
    {
        if (!HasMemory || !from.HasMemory || from.Type != Type || from.Shape != Shape)
        {
            throw new TensorShapeException($"{from} cannot be copied to {this}.");
        }

        GgmlApi.ggml_backend_tensor_set(pointer, from.Pointer->data, 0, GgmlApi.ggml_nbytes(from.Pointer));
    }

    /// <param name="values">As many as the tensor holds.</param>
    public void Read(Span<float> values)
    {
        RequireMemory(values.Length, TensorType.F32);
        fixed (float* to = values)
        {
            GgmlApi.ggml_backend_tensor_get(pointer, to, 0, (nuint)values.Length * sizeof(float));
        }
    }

    public float[] ToArray()
    {
        var values = new float[Count];
        Read(values);
        return values;
    }

    public bool Equals(Tensor other) => pointer == other.Pointer;

    public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

    public override int GetHashCode() => ((nint)pointer).GetHashCode();

    public override string ToString() => $"{Type} {Shape} {Name}".TrimEnd();

    private void RequireMemory(long count, TensorType type)
    {
        if (count != Count || Type != type)
        {
            throw new TensorShapeException($"{count} numbers of {type} are no match for {this}.");
        }

        if (!HasMemory || !IsContiguous)
        {
            throw new InvalidOperationException($"{this} has no memory of its own yet.");
        }
    }
}
