using System.Runtime.InteropServices;
using System.Text;

namespace Republic.Core.Llama.Gguf;

/// <summary>
/// Writes a GGUF file, version 3 (ggml's docs/gguf.md): little-endian header, then the tensors, each at a multiple of the
/// alignment. Tensors are written by their owner while saving, so that a model larger than memory can pass through.
/// </summary>
internal sealed class GgufWriter(int alignment = GgufWriter.UsualAlignment)
{
    private const int UsualAlignment = 32;
    private const uint Magic = 0x46554747;
    private const uint Version = 3;
    private readonly Dictionary<string, object> values = new(StringComparer.Ordinal);
    private readonly List<(GgufTensor Tensor, Action<Stream> Write)> tensors = [];

    /// <param name="value">
    /// A number, whose C# type becomes the type in the file, and llama.cpp insists on it: most counts are <see cref="uint"/>;
    /// a bool, a string, an array of one of these, or what <see cref="GgufRawHeader"/> took from another file.
    /// </param>
    public void Set(string key, object value)
    {
        GgufValue.Require(key, value);
        if (!values.TryAdd(key, value))
        {
            throw new ArgumentException($"The key {key} has a value already.", nameof(key));
        }
    }

    /// <param name="shape">1 to 4 lengths, that of neighbouring numbers first: a weight of n inputs and m outputs is [n, m].</param>
    /// <param name="write">Writes exactly the tensor's bytes.</param>
    public void Add(string name, GgufType type, IReadOnlyList<long> shape, Action<Stream> write)
    {
        if (shape.Count is < 1 or > 4 || shape.Any(length => length < 1) || shape[0] % type.BlockLength != 0)
        {
            throw new ArgumentException($"{name}: no tensor of {type.Name} has the shape {string.Join(" x ", shape)}.", nameof(shape));
        }

        if (name.Length is 0 or > 63 || tensors.Exists(other => other.Tensor.Name == name))
        {
            throw new ArgumentException($"The tensor name \"{name}\" is taken, empty or longer than 63 letters.", nameof(name));
        }

        var offset = tensors.Count == 0 ? 0 : Aligned(tensors[^1].Tensor.Offset + tensors[^1].Tensor.Bytes);
        tensors.Add((new GgufTensor(name, shape, type, offset), write));
    }

    /// <summary>Adds a tensor of 32-bit numbers. They are read when the file is saved.</summary>
    public void Add(string name, ReadOnlyMemory<float> numbers, params IReadOnlyList<long> shape)
    {
        if (shape.Aggregate(1L, (product, length) => product * length) != numbers.Length)
        {
            throw new ArgumentException($"{name}: {numbers.Length} numbers do not fill {string.Join(" x ", shape)}.", nameof(shape));
        }

        Add(name, GgufType.F32, shape, stream => stream.Write(MemoryMarshal.AsBytes(numbers.Span)));
    }

    /// <summary>Writes the file under another name and renames it when it is whole.</summary>
    public void Save(string path) => AtomicFile.Write(path, WriteTo);

    public void WriteTo(Stream stream)
    {
        var start = stream.Position;
        WriteHeader(stream);
        Pad(stream, start);
        foreach (var (tensor, write) in tensors)
        {
            var before = stream.Position;
            write(stream);
            if (stream.Position - before != tensor.Bytes)
            {
                throw new InvalidOperationException(
                    $"The tensor {tensor.Name} has {tensor.Bytes} bytes, and {stream.Position - before} were written."
                );
            }

            Pad(stream, start);
        }
    }

    private void WriteHeader(Stream stream)
    {
        using var header = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        header.Write(Magic);
        header.Write(Version);
        header.Write((long)tensors.Count);
        IEnumerable<KeyValuePair<string, object>> own =
            alignment == UsualAlignment ? [] : [new KeyValuePair<string, object>("general.alignment", (uint)alignment)];
        var all = own.Concat(values).ToList();
        header.Write((long)all.Count);
        foreach (var (key, value) in all)
        {
            GgufValue.WriteText(header, key);
            GgufValue.Write(header, value);
        }

        foreach (var (tensor, _) in tensors)
        {
            GgufValue.WriteText(header, tensor.Name);
            header.Write(tensor.Shape.Count);
            foreach (var length in tensor.Shape)
            {
                header.Write(length);
            }

            header.Write(tensor.Type.Id);
            header.Write(tensor.Offset);
        }
    }

    private long Aligned(long position) => (position + alignment - 1) / alignment * alignment;

    private void Pad(Stream stream, long start)
    {
        var position = stream.Position - start;
        stream.Write(new byte[Aligned(position) - position]);
    }
}
