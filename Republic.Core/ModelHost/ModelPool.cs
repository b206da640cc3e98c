using Republic.Core.ModelHost.Generation;
using Republic.Core.ModelHost.Gguf;
using Republic.Core.ModelHost.Http;
using Republic.Core.ModelHost.Native;

namespace Republic.Core.ModelHost;

/// <summary>
/// The models in memory. One is loaded when it is first asked for; when the budget is reached, those that nobody uses
/// give way, the one unused longest first.
/// </summary>
internal sealed class ModelPool(ModelHostArguments arguments, ModelFolders folders) : IAsyncDisposable
{
    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly List<LoadedModel> loaded = [];
    private readonly DecodeLoop loop = new();
    private readonly ComputeThreads threads = new(arguments.Threads);
    private long uses;

    /// <summary>What all models may take together.</summary>
    public long BudgetBytes { get; } =
        arguments.MemoryMegabytes > 0 ? arguments.MemoryMegabytes << 20 : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    public IReadOnlyList<LoadedModel> Loaded
    {
        get
        {
            lock (loaded)
            {
                return [.. loaded];
            }
        }
    }

    public IReadOnlyList<ModelFile> Files => folders.List();

    /// <exception cref="RequestRefusedException">There is no such model, its file is no good, or it does not fit.</exception>
    public async Task<ModelLease> TakeAsync(string id, CancellationToken ct)
    {
        var file = folders.Find(id) ?? throw RequestRefusedException.ModelNotFound(id);
        if (Lease(file) is { } at)
        {
            return at;
        }

        await loading.WaitAsync(ct);
        try
        {
            return Lease(file) ?? await Task.Run(() => Load(file), ct);
        }
        finally
        {
            loading.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        loop.Dispose();
        foreach (var model in Loaded)
        {
            model.Weights.Dispose();
        }

        threads.Dispose();
        loading.Dispose();
        return ValueTask.CompletedTask;
    }

    private ModelLease? Lease(ModelFile file)
    {
        lock (loaded)
        {
            return loaded.Find(model => model.File == file) is { } model ? LeaseLocked(model) : null;
        }
    }

    private ModelLease LeaseLocked(LoadedModel model)
    {
        model.Leases++;
        model.LastUsed = ++uses;
        return new ModelLease(model, GiveBack);
    }

    private void GiveBack(LoadedModel model)
    {
        lock (loaded)
        {
            model.Leases--;
        }
    }

    private ModelLease Load(ModelFile file)
    {
        var facts = CheckFile(file);
        var length = Math.Min(facts.ContextLength, arguments.ContextLength);
        var contextBytes = facts.ContextBytes((long)length * arguments.Sequences);
        MakeRoom(file, file.Bytes + contextBytes);
        LlamaModel weights;
        try
        {
            weights = LlamaModel.Load(file.Path);
        }
        catch (InvalidDataException e)
        {
            throw RequestRefusedException.InvalidFile(file.Id, $"llama.cpp refuses it: {e.Message}");
        }

        var model = new LoadedModel(file, weights, arguments, threads, loop) { ContextLength = length, ContextBytes = contextBytes };
        lock (loaded)
        {
            loaded.Add(model);
            return LeaseLocked(model);
        }
    }

    private static GgufModelFacts CheckFile(ModelFile file)
    {
        try
        {
            return GgufCheck.Check(file.Path);
        }
        catch (Exception e) when (e is GgufException or IOException or UnauthorizedAccessException)
        {
            throw RequestRefusedException.InvalidFile(file.Id, e.Message);
        }
    }

    private void MakeRoom(ModelFile file, long needed)
    {
        lock (loaded)
        {
            // A file that was replaced on disk leaves its old contents behind here.
            var idle = loaded.Where(model => model.Leases == 0).OrderBy(model => model.File.Id != file.Id).ThenBy(model => model.LastUsed);
            foreach (var model in idle.ToList())
            {
                if (model.File.Id != file.Id && Used() + needed <= BudgetBytes)
                {
                    break;
                }

                loaded.Remove(model);
                model.Unload();
            }

            if (Used() + needed > BudgetBytes)
            {
                throw RequestRefusedException.NoMemory(file.Id, needed, BudgetBytes, busy: loaded.Count > 0);
            }
        }
    }

    private long Used() => loaded.Sum(model => model.Weights.Bytes + model.ContextBytes);
}
