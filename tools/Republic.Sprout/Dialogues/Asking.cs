using System.Text;
using Republic.Core.Inference.Generation;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Native.Sampling;
using Republic.Core.Lora.Adapters;

namespace Republic.Sprout.Dialogues;

/// <summary>Asks a model one question after another.</summary>
internal sealed class Asking : IDisposable
{
    private const int MostTokens = 120;
    private static readonly SamplingSettings Greedy = new(Temperature: 0);
    private readonly int length;
    private readonly LlamaModel model;
    private readonly ComputeThreads threads;
    private readonly LlamaContext context;
    private readonly TokenBatch batch;
    private readonly SamplingSettings sampling;
    private uint answers;
    private readonly LoraAdapter? lora;

    /// <param name="adapter">The file of a LoRA adapter for this model, or null.</param>
    /// <param name="length">The most tokens of a prompt and its answer.</param>
    /// <param name="sampling">Null takes the likeliest token each time.</param>
    public Asking(string path, string? adapter, int workers, int length = 1024, SamplingSettings? sampling = null)
    {
        this.sampling = sampling ?? Greedy;
        if (adapter is not null)
        {
            AdapterCheck.CheckFiles(adapter, path);
        }

        this.length = length;
        model = LlamaModel.Load(path);
        batch = new TokenBatch(length);
        threads = new ComputeThreads(workers);
        context = new LlamaContext(model, new(length, Sequences: 1, Batch: length), threads);
        if (adapter is not null)
        {
            lora = LoraAdapter.Load(model, adapter);
            context.Use(new AdapterSet([(lora, 1)]));
        }
    }

    /// <summary>The answer to the last of the turns.</summary>
    public string Answer(IReadOnlyList<Turn> turns)
    {
        var (tokens, standIn) = Prompt(turns);
        return Answer(tokens, standIn);
    }

    /// <summary>A copy with the tokens of its prompt; null where too few tokens are left for an answer.</summary>
    public (string? Answer, int PromptTokens) Measured(IReadOnlyList<Turn> turns)
    {
        var (tokens, standIn) = Prompt(turns);
        return (tokens.Length + MostTokens > length ? null : Answer(tokens, standIn), tokens.Length);
    }

    public void Dispose()
    {
        lora?.Dispose();
        batch.Dispose();
        context.Dispose();
        threads.Dispose();
        model.Dispose();
    }

    /// <summary>As the model host asks it.</summary>
    private (int[] Tokens, StandIn? StandIn) Prompt(IReadOnlyList<Turn> turns)
    {
        IReadOnlyList<ChatLine> lines = [.. turns.Select(turn => new ChatLine(turn.Role, turn.Text))];
        var standIn = StandIn.For(model, lines);
        return (model.Tokenize(ChatTemplate.Text(model, standIn?.In(lines) ?? lines)), standIn);
    }

    private string Answer(int[] tokens, StandIn? standIn)
    {
        context.Forget(sequence: 0, from: 0);
        batch.Clear();
        for (var position = 0; position < tokens.Length; position++)
        {
            batch.Add(tokens[position], position, sequence: 0, logits: position == tokens.Length - 1);
        }

        // Each answer draws anew: with one seed for all, the same unlikely draw would come at the same token of each.
        using var sampler = new SamplerChain(sampling with { Seed = sampling.Seed + answers++ }, model);
        List<byte> bytes = [];
        var piece = new byte[256];
        for (var position = tokens.Length; position < tokens.Length + MostTokens; position++)
        {
            context.Decode(batch);
            var next = sampler.Sample(context, batch.Count - 1);
            if (model.EndsGeneration(next))
            {
                break;
            }

            bytes.AddRange(piece[..model.Piece(next, piece)]);
            batch.Clear();
            batch.Add(next, position, sequence: 0, logits: true);
        }

        var answer = Encoding.UTF8.GetString([.. bytes]).Trim();
        return standIn is null ? answer : standIn.Shown(answer) + standIn.Rest();
    }
}
