using Republic.Core.Llama.Gguf;

namespace Republic.Tests.World;

/// <summary>Cuts a model into parts as gguf-split does: the header with the first, the tensors in order among all.</summary>
internal static class GgufParts
{
    /// <param name="sizes">Tensors of each part; 0 for one that holds its header alone.</param>
    /// <returns>The paths of the parts.</returns>
    public static IReadOnlyList<string> Write(string model, IReadOnlyList<int> sizes, int alignment = 32)
    {
        var file = GgufReader.Read(model);
        var paths = sizes.Select((_, i) => $"{model[..^5]}-{i + 1:00000}-of-{sizes.Count:00000}.gguf").ToList();
        var first = 0;
        for (var i = 0; i < sizes.Count; i++)
        {
            var writer = Header(model, i, sizes.Count, file.Tensors.Count, alignment);
            foreach (var tensor in file.Tensors.Skip(first).Take(sizes[i]))
            {
                var bytes = BytesOf(model, file, tensor);
                writer.Add(tensor.Name, tensor.Type, tensor.Shape, stream => stream.Write(bytes));
            }

            writer.Save(paths[i]);
            first += sizes[i];
        }

        return paths;
    }

    public static byte[] BytesOf(string path, GgufFile file, GgufTensor tensor)
    {
        using var stream = File.OpenRead(path);
        stream.Position = file.DataStart + tensor.Offset;
        var bytes = new byte[tensor.Bytes];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static GgufWriter Header(string model, int part, int count, int tensors, int alignment)
    {
        var writer = new GgufWriter(alignment);
        foreach (var (key, value) in part == 0 ? GgufRawHeader.Read(model) : [])
        {
            writer.Set(key, value);
        }

        writer.Set("split.no", (ushort)part);
        writer.Set("split.count", (ushort)count);
        writer.Set("split.tensors.count", tensors);
        return writer;
    }
}
