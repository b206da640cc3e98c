using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Native;
using Republic.Core.Lora.Checks;
using Republic.Core.Lora.Graph;
using Republic.Core.Lora.Weights;

namespace Republic.Core.Lora.Adapters;

/// <summary>
/// Writes a model whose weights have an adapter's change in them: W + alpha / rank · B·A. Everything else is copied as it
/// is. Before the file gets its name, llama.cpp's loss on 20 prompts must be the one that base and adapter give together.
/// </summary>
public static class AdapterMerge
{
    private const int RowsAtOnce = 256;

    /// <param name="type">In which the changed weights are stored: f32, f16, bf16 or q8_0. Null is as they were, or q8_0 where that cannot be written.</param>
    /// <exception cref="GgufException">A file may not be used, or the adapter is of another base.</exception>
    /// <exception cref="LoraException">The result would not answer as base and adapter do.</exception>
    public static MergeResult Run(string basePath, string adapterPath, string outPath, string? type, int threads, CancellationToken ct)
    {
        var wanted = type is null ? null : GgufType.Find(type);
        if (type is not null && (wanted is null || !GgufNumbers.CanEncode(wanted)))
        {
            throw new LoraException($"Weights cannot be written as {type}; choose f32, f16, bf16 or q8_0.");
        }

        if (Path.GetFullPath(outPath) == Path.GetFullPath(basePath) || Path.GetFullPath(outPath) == Path.GetFullPath(adapterPath))
        {
            throw new LoraException($"The merged model would take the place of {outPath}. Give it another name.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(outPath))))
        {
            throw new LoraException($"There is no folder for {outPath}. Make it, or choose another place with --out.");
        }

        AdapterCheck.CheckFiles(adapterPath, basePath);
        var (model, adapter) = (GgufReader.Read(basePath), GgufReader.Read(adapterPath));
        var candidate = outPath + ".candidate";
        try
        {
            LlamaRuntime.EnsureStarted();
            Writing(outPath, () => Write(candidate, (basePath, model), (adapterPath, adapter), wanted, ct));
            var result = MergeCheck.Require(MergeCheck.Measure(basePath, adapterPath, candidate, threads, ct));
            var types = model.Tensors.Select(tensor => tensor.Type).Append(wanted ?? GgufType.F32).ToHashSet();
            if (types.All(IsUnquantised))
            {
                var gap = MergeCheck.WidestGap(basePath, adapterPath, candidate, threads, ct);
                MergeCheck.RequireAnswers(gap, types.Contains(GgufType.Bf16));
            }

            Writing(outPath, () => File.Move(candidate, outPath, overwrite: true));
            return result with { Path = outPath };
        }
        catch (NativeLibraryException e)
        {
            throw new LoraException(e.Message, e);
        }
        catch (Exception e) when (e is OutOfMemoryException or DeviceMemoryException)
        {
            throw new LoraException($"There is not enough memory to merge. {e.Message} End other programs, and merge again.", e);
        }
        finally
        {
            File.Delete(candidate);
        }
    }

    private static bool IsUnquantised(GgufType type) => type == GgufType.F32 || type == GgufType.F16 || type == GgufType.Bf16;

    private static void Writing(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LoraException($"{path} cannot be written: {e.Message} Make room on the disk, or choose another place with --out.", e);
        }
    }

    private static void Write(
        string path,
        (string Path, GgufFile Header) model,
        (string Path, GgufFile Header) adapter,
        GgufType? wanted,
        CancellationToken ct
    )
    {
        using var cpu = ComputeBackend.Cpu(1);
        using var workspace = new GraphWorkspace(cpu, nodes: 8);
        using var weights = new WeightsFile(model.Path, model.Header);
        using var factors = new WeightsFile(adapter.Path, adapter.Header);
        var writer = new GgufWriter(model.Header.Alignment);
        foreach (var (key, value) in GgufRawHeader.Read(model.Path))
        {
            if (key != "general.alignment")
            {
                writer.Set(key, value);
            }
        }

        foreach (var tensor in model.Header.Tensors)
        {
            var weight = weights.Tensors[tensor.Name];
            if (!factors.Tensors.TryGetValue(tensor.Name + ".lora_a", out var a))
            {
                writer.Add(tensor.Name, tensor.Type, tensor.Shape, stream => Copy(weights, weight, stream, ct));
                continue;
            }

            var type = wanted ?? (GgufNumbers.CanEncode(tensor.Type) ? tensor.Type : GgufType.Q8Zero);
            var b = factors.Tensors[tensor.Name + ".lora_b"];
            var scale = adapter.Header.Real("adapter.lora.alpha") is > 0 and var alpha ? (float)(alpha / b.Shape.A) : 1;
            writer.Add(
                tensor.Name,
                type,
                tensor.Shape,
                stream => Change(new LowRankChange(workspace, weight, (a, b), scale), type, stream, ct)
            );
        }

        writer.Save(path);
    }

    private static void Copy(WeightsFile file, Tensor tensor, Stream to, CancellationToken ct)
    {
        for (var done = 0L; done < tensor.Bytes; )
        {
            ct.ThrowIfCancellationRequested();
            var bytes = file.BytesOf(tensor, done);
            to.Write(bytes);
            done += bytes.Length;
        }
    }

    private static void Change(LowRankChange change, GgufType type, Stream to, CancellationToken ct)
    {
        for (var row = 0; row < change.Outputs; row += RowsAtOnce)
        {
            ct.ThrowIfCancellationRequested();
            to.Write(GgufNumbers.Encode(type, change.Rows(row, Math.Min(RowsAtOnce, change.Outputs - row))));
        }
    }
}
