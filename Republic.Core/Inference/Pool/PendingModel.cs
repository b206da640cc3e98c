using Republic.Core.Llama.Files;

namespace Republic.Core.Inference.Pool;

/// <summary>A model that is not in memory yet, with the requests for it: one of them loads it, and the others wait for that.</summary>
internal sealed class PendingModel(ModelFile file)
{
    public ModelFile File => file;

    /// <summary>Held by the request that loads it.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public int Requests { get; set; }

    /// <summary>The bytes of memory that the model waits for; 0 while it waits for none.</summary>
    public long Needed { get; set; }

    /// <summary>When the model began to wait for memory, as a timestamp of the clock.</summary>
    public long Since { get; set; }
}
