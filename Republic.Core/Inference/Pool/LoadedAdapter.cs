using Republic.Core.Llama.Files;
using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Pool;

/// <summary>An adapter in memory, for one model.</summary>
internal sealed class LoadedAdapter(ModelFile file, LoraAdapter weights)
{
    public ModelFile File => file;

    public LoraAdapter Weights => weights;

    public int Leases { get; set; }

    public long LastUsed { get; set; }
}
