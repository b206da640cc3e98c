using System.Numerics.Tensors;
using Republic.Core.Llama.Native;

namespace Republic.Sprout.Intents;

/// <summary>Vectors of length 1 of short texts, as the model host makes them.</summary>
internal sealed class TextVectors : IDisposable
{
    private const int MostTokens = 512;
    private readonly LlamaModel model;
    private readonly ComputeThreads threads = new(1);
    private readonly LlamaContext context;
    private readonly TokenBatch batch = new(MostTokens);

    /// <param name="path">The file of an embedding model.</param>
    public TextVectors(string path)
    {
        model = LlamaModel.Load(path);
        context = new LlamaContext(model, new ContextShape(MostTokens, Sequences: 1, Batch: MostTokens, ForEmbeddings: true), threads);
    }

    public float[] Of(string text)
    {
        batch.Clear();
        foreach (var (at, token) in model.Tokenize(text).Take(MostTokens).Index())
        {
            batch.Add(token, at, sequence: 0, logits: true);
        }

        context.Forget(sequence: 0, from: 0);
        context.Decode(batch);
        var vector = context.Embedding(sequence: 0).ToArray();
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    public void Dispose()
    {
        batch.Dispose();
        context.Dispose();
        threads.Dispose();
        model.Dispose();
    }
}
