using Republic.Core.ModelHost.Files;
using Republic.Core.ModelHost.Native;

namespace Republic.Core.ModelHost.Pool;

/// <summary>An adapter in memory, for one model.</summary>
internal sealed class LoadedAdapter(ModelFile file, LoraAdapter weights)
{
    public ModelFile File => file;

    public LoraAdapter Weights => weights;

    public int Leases { get; set; }

    public long LastUsed { get; set; }
}
