namespace Republic.Core.ModelHost;

/// <summary>Keeps a model in memory while a request uses it.</summary>
internal sealed class ModelLease(LoadedModel model, Action<LoadedModel> giveBack) : IDisposable
{
    private int given;

    public LoadedModel Model => model;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref given, 1) == 0)
        {
            giveBack(model);
        }
    }
}
