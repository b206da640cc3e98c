using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Pool;

/// <summary>Keeps a model, and the adapters that were asked for, in memory while a request uses them.</summary>
internal sealed class ModelLease(LoadedModel model, AdapterSet adapters, Action giveBack) : IDisposable
{
    private int given;

    public LoadedModel Model => model;

    public AdapterSet Adapters => adapters;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref given, 1) == 0)
        {
            giveBack();
        }
    }
}
