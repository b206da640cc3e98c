using Republic.Core.Llama.Native;

namespace Republic.Bench.Rows;

/// <summary>The vectors of the built-in embedding model, each text asked for once.</summary>
/// <param name="path">Of the model's file.</param>
internal sealed class Meaning(string path) : IDisposable
{
    private const int MostTokens = 512;
    private readonly LlamaModel model = LlamaModel.Load(path);
    private readonly ComputeThreads threads = new(1);
    private readonly TokenBatch batch = new(MostTokens);
    private readonly Dictionary<string, float[]> vectors = new(StringComparer.Ordinal);
    private LlamaContext? context;

    public IReadOnlyDictionary<string, float[]> Of(IEnumerable<string> texts)
    {
        foreach (var text in texts.Where(text => !vectors.ContainsKey(text)))
        {
            vectors[text] = Vector(text);
        }

        return vectors;
    }

    public void Dispose()
    {
        context?.Dispose();
        batch.Dispose();
        threads.Dispose();
        model.Dispose();
    }

    private float[] Vector(string text)
    {
        context ??= new LlamaContext(model, new ContextShape(MostTokens, Sequences: 1, Batch: MostTokens, ForEmbeddings: true), threads);
        batch.Clear();
        foreach (var (place, token) in model.Tokenize(text).Index())
        {
            batch.Add(token, place, sequence: 0, logits: true);
        }

        context.Forget(sequence: 0, from: 0);
        context.Decode(batch);
        return context.Embedding(sequence: 0).ToArray();
    }
}
