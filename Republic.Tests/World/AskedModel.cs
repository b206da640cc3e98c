using System.Text;
using Republic.Core.Inference.Generation;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Native.Sampling;

namespace Republic.Tests.World;

/// <summary>A model in this process whose answers are written by a generator of its own, greedily.</summary>
internal sealed class AskedModel : IDisposable
{
    private readonly DecodeLoop loop = new();
    private readonly ComputeThreads threads = new(1);
    private readonly LlamaModel model;

    public AskedModel(string path, int sequences, long cacheBytes = 256L << 20)
    {
        model = LlamaModel.Load(path, onCpu: true);
        Generator = new Generator(model, threads, new ContextShape(8192, sequences, Batch: 0), 64, loop) { PromptCacheBytes = cacheBytes };
    }

    public Generator Generator { get; }

    public int[] Tokens(string text) => model.Tokenize(text);

    public LoraAdapter Adapter(string path) => LoraAdapter.Load(model, path);

    /// <summary>The answer and how many tokens of the prompt were remembered.</summary>
    public async Task<(string Text, int Cached)> AskAsync(string prompt, int tokens = 12, AdapterSet? adapters = null)
    {
        var job = Begin(prompt, tokens, adapters);
        return (await RestAsync(job), job.CachedTokens);
    }

    public GenerationJob Begin(string prompt, int tokens = 12, AdapterSet? adapters = null, CancellationToken ct = default)
    {
        var settings = new SamplingSettings(Temperature: 0, IgnoreEnd: true);
        var job = new GenerationJob(Tokens(prompt), tokens, settings, [], adapters ?? AdapterSet.None, ct);
        Assert.True(Generator.TrySubmit(job));
        return job;
    }

    public static async Task<string> RestAsync(GenerationJob job)
    {
        List<byte> text = [];
        await foreach (var piece in job.Pieces.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            text.AddRange(piece.Text);
        }

        return Encoding.UTF8.GetString([.. text]);
    }

    public void Dispose()
    {
        // The loop frees the generator, and with it the context, before the weights.
        loop.Remove(Generator);
        loop.Dispose();
        threads.Dispose();
        model.Dispose();
    }
}
