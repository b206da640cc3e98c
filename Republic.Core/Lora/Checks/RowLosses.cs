using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Native;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Layers;
using Republic.Core.Lora.Rows;

namespace Republic.Core.Lora.Checks;

/// <summary>
/// The loss of each row of files as llama.cpp itself computes it in a chat, with an adapter or without. Rows are read one at a
/// time, so that what is measured of one does not depend on the others. The model is loaded once for all of the files.
/// </summary>
internal sealed class RowLosses(string modelPath, IReadOnlyList<LossFile> files, int maxLength)
{
    /// <summary>Tokens that are read at a time. Of each that is answered to, a number per word of the vocabulary is kept.</summary>
    private const int MostAtOnce = 256;

    /// <param name="tell">Called for every line of the files, in order.</param>
    /// <param name="workers">The most threads.</param>
    /// <exception cref="LoraException">It cannot be measured; the message says why, and what to do.</exception>
    /// <exception cref="GgufException">The model, or an adapter on this model, may not be used.</exception>
    public void Measure(Action<RowLoss> tell, int workers, RunThreads threads, CancellationToken ct)
    {
        Check();
        try
        {
            using var model = LlamaModel.Load(modelPath);
            using var pool = new ComputeThreads(workers);
            using var following = threads.Follow(count => pool.Allowed = count);
            for (var file = 0; file < files.Count; file++)
            {
                Measure(model, file, pool, tell, ct);
            }
        }
        catch (Exception e) when (e is OutOfMemoryException or DeviceMemoryException)
        {
            throw new LoraException(
                $"There is not enough memory to measure this model. {e.Message} End other programs, or take a smaller model.",
                e
            );
        }
        catch (Exception e) when (e is NativeLibraryException or InvalidDataException)
        {
            throw new LoraException($"{modelPath} cannot be loaded: {e.Message}", e);
        }
    }

    private void Measure(LlamaModel model, int at, ComputeThreads pool, Action<RowLoss> tell, CancellationToken ct)
    {
        var file = files[at];
        using var lora = file.AdapterPath is null ? null : LoraAdapter.Load(model, file.AdapterPath);
        var lines = File.ReadLines(file.DataPath).Count();
        var rows = Rows(model, file);
        var length = rows.SelectMany(row => row).Select(example => example.Tokens.Length).DefaultIfEmpty(1).Max();
        using var context = new LlamaContext(model, new(length, Sequences: 1, Batch: Math.Min(length, MostAtOnce)), pool);
        using var batch = new TokenBatch(MostAtOnce);
        if (!context.CanContinue)
        {
            throw new LoraException($"{modelPath} writes no answers, so it has no loss. Take a model that chats.");
        }

        if (lora is not null)
        {
            context.Use(new AdapterSet([(lora, 1)]));
        }

        for (var line = 1; line <= lines; line++)
        {
            tell(new RowLoss(at, line, rows.Contains(line) ? Mean([.. rows[line]], context, batch, ct) : null));
        }
    }

    private void Check()
    {
        var adapters = files.Select(file => file.AdapterPath).OfType<string>().Distinct().ToList();
        foreach (var path in files.Select(file => file.DataPath).Prepend(modelPath).Concat(adapters))
        {
            if (!File.Exists(path))
            {
                throw new LoraException($"There is no file {path}.");
            }
        }

        GgufCheck.Check(modelPath);
        foreach (var adapter in adapters)
        {
            AdapterCheck.CheckFiles(adapter, modelPath);
        }
    }

    /// <summary>What is learned of each line that can be used.</summary>
    private ILookup<int, TrainingExample> Rows(LlamaModel model, LossFile file)
    {
        var chat = new ChatExamples(model);
        var most = Math.Max(1, Math.Min(maxLength, model.ContextLength));
        var begin = file.BeginsAlways ? BeginToken.Of(model, most) : null;
        return ChatRowReader
            .Read(file.DataPath, [])
            .SelectMany(row => chat.Of(row.Lines).Select(found => (row.Line, Example: found.CutTo(most))))
            .Select(row => row with { Example = begin?.Before(row.Example) ?? row.Example })
            .Where(row => row.Example.LearnedCount > 0)
            .ToLookup(row => row.Line, row => row.Example);
    }

    private static double Mean(List<TrainingExample> row, LlamaContext context, TokenBatch batch, CancellationToken ct) =>
        row.Sum(example => Sum(example, context, batch, ct)) / row.Sum(example => example.LearnedCount);

    private static double Sum(TrainingExample example, LlamaContext context, TokenBatch batch, CancellationToken ct)
    {
        context.Clear();
        // What stands behind the last learned token changes nothing before it.
        var end = Array.LastIndexOf(example.Learned, true);
        var sum = 0.0;
        for (var start = 0; start < end; start += MostAtOnce)
        {
            ct.ThrowIfCancellationRequested();
            batch.Clear();
            var positions = Enumerable.Range(start, Math.Min(MostAtOnce, end - start)).ToList();
            foreach (var position in positions)
            {
                batch.Add(example.Tokens[position], position, sequence: 0, logits: example.Learned[position + 1]);
            }

            context.Decode(batch);
            sum += positions
                .Where(position => example.Learned[position + 1])
                .Sum(position => CrossEntropy.Of(context.Logits(position - start), example.Tokens[position + 1]));
        }

        return sum;
    }
}
