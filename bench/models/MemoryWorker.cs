using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Memory;
using Republic.Core.Llama.Native;

namespace Republic.Bench;

/// <summary>The process that loads one model as the model host does, fills its context, and says what it takes in memory.</summary>
internal static unsafe class MemoryWorker
{
    private const int Answer = 16;
    private const long KiB = 1 << 10;
    private const long MiB = 1 << 20;

    /// <summary>llama.cpp tells what its buffers take in its log alone.</summary>
    private static long copied;

    public static void Run(string path, int length, CacheType cache, int mostThreads)
    {
        LlamaRuntime.EnsureStarted();
        LlamaApi.llama_log_set(&Log, 0);
        using var threads = new ComputeThreads(mostThreads);
        var before = Resident();
        // The model host reads it too.
        _ = ModelShape.Of(GgufReader.Read(path));
        using var model = LlamaModel.Load(path);
        var shape = new ContextShape(length, Sequences: 1, ContextPlan.Batch) { Cache = cache, Outputs = 1 };
        using var context = new LlamaContext(model, shape, threads);
        Fill(context, model.VocabularySize);
        Console.WriteLine(JsonSerializer.Serialize(new MemoryFigures(before, Resident(), copied)));
    }

    /// <summary>A prompt up to the context's end but for the answer, in the steps of the model host; then the answer, token by token.</summary>
    private static void Fill(LlamaContext context, int vocabulary)
    {
        using var batch = new TokenBatch(ContextPlan.Batch);
        var prompt = context.LengthPerSequence - Answer;
        for (var position = 0; position < context.LengthPerSequence; )
        {
            batch.Clear();
            var end = position < prompt ? Math.Min(position + batch.Capacity, prompt) : position + 1;
            for (; position < end; position++)
            {
                batch.Add(position % vocabulary, position, sequence: 0, logits: position >= prompt - 1);
            }

            context.Decode(batch);
        }
    }

    /// <summary>What of this process is in memory, pages of the model's file included.</summary>
    private static long Resident() =>
        KiB
        * long.Parse(
            File.ReadLines("/proc/self/status")
                .First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture
        );

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Log(int level, byte* text, nint userData)
    {
        // As in "load_tensors:   CPU_REPACK model buffer size =   153.14 MiB".
        if (
            Marshal.PtrToStringUTF8((nint)text)?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                is [_, var buffer, "model", "buffer", "size", "=", var size, ..]
            && !buffer.EndsWith("_Mapped", StringComparison.Ordinal)
        )
        {
            copied += (long)(double.Parse(size, CultureInfo.InvariantCulture) * MiB);
        }
    }
}
