using Republic.Core.Host;
using Republic.Core.Inference.Answers;
using Republic.Core.Inference.Generation;
using Republic.Core.Inference.Supervision;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Memory;
using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Pool;

/// <summary>A model in memory with what computes on it. The two contexts are made when first needed.</summary>
internal sealed class LoadedModel(
    ModelFile file,
    LlamaModel weights,
    ModelHostArguments arguments,
    ComputeThreads threads,
    (DecodeLoop Loop, ActivityBoard Board) shared
) : IDisposable
{
    private const int LongestEmbeddedText = 2048;

    /// <summary>Conversations that gave up their slots take no more, and no more than a sixteenth of what all models may.</summary>
    private const long MostCachedBytes = 256L << 20;
    private const int BudgetPerCache = 16;
    private readonly Lock gate = new();
    private Generator? generator;
    private Embedder? embedder;

    /// <summary>Without folder and ending, whoever asked for it by which name.</summary>
    public string FileName => Path.GetFileNameWithoutExtension(File.Path);

    public ModelFile File => file;

    public LlamaModel Weights => weights;

    public GrammarCache Grammars { get; } = new();

    public int Leases { get; set; }

    /// <summary>A running number: the one unused longest gives way first.</summary>
    public long LastUsed { get; set; }

    /// <summary>A timestamp of the clock.</summary>
    public long LastUsedAt { get; set; }

    public required LoadSettings Settings { get; set; }

    /// <summary>What it takes no new requests for; null while it does.</summary>
    public object? DrainsFor { get; set; }

    public bool IsDraining => DrainsFor is not null;

    /// <summary>What it takes with the context that answers are written in, without adapters.</summary>
    public required ContextPlan Plan { get; init; }

    /// <summary>What all its sequences remember: keys, values and states.</summary>
    public long ContextBytes => Plan.CacheBytes + Plan.StateBytes;

    public int ContextLength => Plan.ContextLength;

    /// <summary>The tokens of a prompt up to which it answers well; null where nobody has measured them.</summary>
    public int? AnswersWellUpTo { get; init; }

    /// <summary>Its sampling parameters, for requests that state none.</summary>
    public required ModelSampling Sampling { get; init; }

    /// <summary>Those in memory; replaced as a whole, so that whoever reports on them needs no lock.</summary>
    public IReadOnlyList<LoadedAdapter> Adapters { get; set; } = [];

    /// <summary>Null before it was asked for an answer.</summary>
    public Generator? Figures => generator;

    /// <summary>The bytes that it cannot do without, and those of its adapters.</summary>
    public long HeldBytes => Plan.NeedBytes + Adapters.Sum(adapter => adapter.File.Bytes);

    /// <summary>All bytes that it takes, with those of conversations that gave up their slots.</summary>
    public long Bytes => HeldBytes + (generator?.CachedBytes ?? 0);

    /// <summary>Forgets the conversations that gave up their slots.</summary>
    public void ClearPromptCache() => generator?.ClearPromptCache();

    /// <summary>It is this file's, takes requests, and has at least the context that is wanted.</summary>
    public bool Serves(ModelFile wanted, LoadSettings settings) =>
        file == wanted && !IsDraining && ContextLength >= Math.Min(settings.ContextLength, Plan.Shape.ContextLength);

    public int Active => generator?.Active ?? 0;

    public int Waiting => (generator?.Waiting ?? 0) + (embedder?.Waiting ?? 0);

    public Generator Generator
    {
        get
        {
            lock (gate)
            {
                var shape = new ContextShape(ContextLength, Plan.Settings.Sequences, Batch: 0);
                return generator ??= new Generator(weights, threads, shape, arguments.QueueLength, shared.Loop)
                {
                    Working = Working,
                    PromptCacheBytes = Math.Min(MostCachedBytes, ModelHostOptions.BudgetOf(arguments.MemoryMegabytes) / BudgetPerCache),
                };
            }
        }
    }

    public Embedder Embedder
    {
        get
        {
            lock (gate)
            {
                var length = Math.Min(ContextLength, LongestEmbeddedText);
                return embedder ??= new Embedder(weights, threads, length, shared.Loop) { Working = () => Working(AdapterSet.None) };
            }
        }
    }

    /// <summary>Marks the files as being computed with, in case that ends the process.</summary>
    public IDisposable Working(AdapterSet adapters) =>
        shared.Board.Enter([file, .. Adapters.Where(one => adapters.Contains(one.Weights)).Select(one => one.File)]);

    /// <summary>Frees everything; the contexts go on the thread that computes on them, adapters and weights after them.</summary>
    public void Unload()
    {
        lock (gate)
        {
            foreach (var decoder in new IDecoder?[] { generator, embedder }.OfType<IDecoder>())
            {
                shared.Loop.Remove(decoder);
            }

            Dispose();
        }
    }

    /// <summary>Frees adapters and weights, once the contexts that compute from them have let go.</summary>
    public void Dispose()
    {
        foreach (var adapter in Adapters)
        {
            adapter.Weights.Dispose();
        }

        weights.Dispose();
    }
}
