using System.Buffers;

namespace Republic.Core.Llama.Gguf;

/// <summary>
/// Makes one file of the parts in which a large model is published, as llama.cpp's gguf-split does: the header of the first part, the
/// tensors of all of them. Memory does not grow with the model.
/// </summary>
internal static class GgufMerge
{
    private const string Number = "split.no";
    private const string Count = "split.count";
    private const string Tensors = "split.tensors.count";
    private const string Alignment = "general.alignment";
    private const string Advice = "Take all parts of one model, from one place.";
    private const int Chunk = 1 << 20;

    /// <param name="parts">In order.</param>
    /// <param name="path">Where the model appears, whole or not at all.</param>
    /// <exception cref="GgufException">The parts do not belong together, or make no model that may be used.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Run(IReadOnlyList<string> parts, string path, CancellationToken ct)
    {
        var read = Read(parts);
        var writer = new GgufWriter(read[0].Alignment);
        foreach (var (key, value) in GgufRawHeader.Read(parts[0]))
        {
            // The writer names the alignment itself, where it is not the usual one.
            if (key is not (Number or Count or Tensors or Alignment))
            {
                writer.Set(key, value);
            }
        }

        foreach (var part in read)
        {
            foreach (var tensor in part.Tensors)
            {
                writer.Add(
                    tensor.Name,
                    tensor.Type,
                    tensor.Shape,
                    stream => Copy(part.Path, part.DataStart + tensor.Offset, tensor.Bytes, stream, ct)
                );
            }
        }

        writer.Save(path);
        try
        {
            GgufCheck.Check(path);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>
    /// Checks what one part tells without the others: that it is this part, and the first, which has the header of them all, that the model
    /// may be used.
    /// </summary>
    /// <param name="number">Of the part, from 1.</param>
    /// <exception cref="GgufException">It is another part or none, or one of a model that may not be used.</exception>
    public static void CheckPart(string path, int number, int count) => CheckPart(GgufReader.Read(path), number, count);

    private static void CheckPart(GgufFile part, int number, int count)
    {
        var (saidCount, saidNumber) = (part.Number(Count), part.Number(Number) + 1);
        Require(saidCount is not null && saidNumber is not null, $"File {number} of {count} is no part of a split model.");
        Require(saidCount == count, $"Part {number} says that the model has {saidCount} parts, and there are {count}.");
        Require(saidNumber == number, $"Part {number} says that it is part {saidNumber}.");
        // The first part may hold the header alone.
        if (part.Tensors.Count > 0)
        {
            GgufCheck.CheckTensors(part);
        }

        if (number == 1)
        {
            GgufCheck.CheckHeader(part);
            var announced = part.Number(Tensors) ?? 0;
            Require(
                announced >= part.Tensors.Count && announced is > 0 and <= GgufReader.MostTensors,
                $"The first part announces {announced} tensors and holds {part.Tensors.Count}; up to {GgufReader.MostTensors} make sense."
            );
        }
    }

    /// <summary>
    /// Reads from each part what is needed to copy its tensors. The parts come from elsewhere, and there may be hundreds: their other
    /// values are not kept, and no part is read once there are more tensors than the first one announces.
    /// </summary>
    private static List<PartTensors> Read(IReadOnlyList<string> paths)
    {
        var parts = new List<PartTensors>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        long? announced = null;
        foreach (var (i, path) in paths.Index())
        {
            var part = GgufReader.Read(path);
            CheckPart(part, i + 1, paths.Count);
            announced ??= part.Number(Tensors);
            foreach (var tensor in part.Tensors)
            {
                Require(names.Add(tensor.Name), $"Two parts hold the tensor {tensor.Name}.");
            }

            Require(
                names.Count <= announced,
                $"The first part announces {announced} tensors, and the first {i + 1} parts hold {names.Count}."
            );
            parts.Add(new PartTensors(path, part.Alignment, part.DataStart, part.Tensors));
        }

        Require(names.Count == announced, $"The first part announces {announced} tensors, and all parts together hold {names.Count}.");
        return parts;
    }

    private static void Copy(string part, long from, long bytes, Stream to, CancellationToken ct)
    {
        using var handle = File.OpenHandle(part, options: FileOptions.SequentialScan);
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            for (var left = bytes; left > 0; )
            {
                ct.ThrowIfCancellationRequested();
                var read = RandomAccess.Read(handle, buffer.AsSpan(0, (int)Math.Min(Chunk, left)), from + bytes - left);
                if (read == 0)
                {
                    throw new EndOfStreamException($"{part} became shorter while it was read.");
                }

                to.Write(buffer, 0, read);
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Require(bool fact, string otherwise)
    {
        if (!fact)
        {
            throw new GgufException(otherwise, Advice);
        }
    }

    /// <summary>The tensors of one part, and where they are in its file.</summary>
    private sealed record PartTensors(string Path, int Alignment, long DataStart, IReadOnlyList<GgufTensor> Tensors);
}
