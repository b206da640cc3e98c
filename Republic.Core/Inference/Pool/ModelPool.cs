using Republic.Core.Host;
using Republic.Core.Inference.Generation;
using Republic.Core.Inference.Http;
using Republic.Core.Inference.Supervision;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Memory;
using Republic.Core.Llama.Native;
using Republic.Core.Lora.Adapters;

namespace Republic.Core.Inference.Pool;

/// <summary>
/// The models in memory, with the adapters that change them. One is loaded when it is first asked for; when the budget is
/// reached, those that nobody uses give way: first adapters, then models, the one unused longest first.
/// </summary>
internal sealed class ModelPool(ModelHostArguments arguments) : IAsyncDisposable
{
    private readonly ModelFolders models = new(arguments.Models);
    private readonly ModelFolders adapters = new(arguments.Adapters);
    private readonly ModelFolders installed = new(arguments.Installed.Length > 0 ? [arguments.Installed] : []);
    private readonly FileDigests digests = new();
    private readonly ActivityBoard board = new(arguments.Activity.Length > 0 ? arguments.Activity : null);
    private readonly ModelQuarantine? quarantine = arguments.Quarantine.Length > 0 ? new(arguments.Quarantine) : null;
    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly List<LoadedModel> loaded = [];
    private readonly DecodeLoop loop = new();
    private readonly ComputeThreads threads = new(arguments.Threads);
    private long uses;

    /// <summary>What all models may take together.</summary>
    public long BudgetBytes { get; } = ModelHostOptions.BudgetOf(arguments.MemoryMegabytes);

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

    public IReadOnlyList<ModelFile> Files => models.List();

    public IReadOnlyList<ModelFile> AdapterFiles => adapters.List();

    public int Threads => threads.Allowed;

    /// <summary>From the next step on; never more than it was started with.</summary>
    public void UseThreads(int count) => threads.Allowed = count;

    /// <exception cref="RequestRefusedException">There is no such model or adapter, its file is no good, or it does not fit.</exception>
    public Task<ModelLease> TakeAsync(string id, InstalledFile? own, IReadOnlyList<AdapterChoice> chosen, CancellationToken ct)
    {
        var found = own is null ? models.Find(id) : installed.Find(own.File ?? "");
        var file = (found ?? throw RequestRefusedException.ModelNotFound(id)) with { Id = id };
        ModelFile Adapter(string name) => adapters.Find(name) ?? throw RequestRefusedException.AdapterNotFound(name);
        return TakeAsync(file, [.. chosen.Select(one => new ChosenAdapter(Adapter(one.Name), one.Scale))], own?.LoadAnyway == true, ct);
    }

    /// <exception cref="RequestRefusedException">A file is no good, or does not fit.</exception>
    public Task<ModelLease> TakeAsync(ModelFile file, IReadOnlyList<ChosenAdapter> chosen, CancellationToken ct) =>
        TakeAsync(file, chosen, anyway: false, ct);

    /// <param name="anyway">However little memory there is; models that nobody uses give way first.</param>
    private async Task<ModelLease> TakeAsync(ModelFile file, IReadOnlyList<ChosenAdapter> chosen, bool anyway, CancellationToken ct)
    {
        if (Lease(file, chosen) is { } at)
        {
            return at;
        }

        await loading.WaitAsync(ct);
        try
        {
            return Lease(file, chosen) ?? await Task.Run(() => Load(file, chosen, anyway), ct);
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
            model.Dispose();
        }

        threads.Dispose();
        board.Dispose();
        loading.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Null when something of it is not in memory.</summary>
    private ModelLease? Lease(ModelFile file, IReadOnlyList<ChosenAdapter> chosen)
    {
        lock (loaded)
        {
            if (loaded.Find(model => model.File == file) is not { } model)
            {
                return null;
            }

            var wanted = chosen
                .Select(one => model.Adapters.FirstOrDefault(adapter => adapter.File == one.File))
                .OfType<LoadedAdapter>()
                .ToList();
            if (wanted.Count < chosen.Count)
            {
                return null;
            }

            Count(model, wanted, 1);
            var set = new AdapterSet(wanted.Zip(chosen, (adapter, choice) => (adapter.Weights, choice.Scale)));
            return new ModelLease(model, set, () => GiveBack(model, wanted));
        }
    }

    private void GiveBack(LoadedModel model, List<LoadedAdapter> used)
    {
        lock (loaded)
        {
            Count(model, used, -1);
        }
    }

    private void Count(LoadedModel model, List<LoadedAdapter> used, int change)
    {
        model.Leases += change;
        model.LastUsed = ++uses;
        foreach (var adapter in used)
        {
            adapter.Leases += change;
            adapter.LastUsed = uses;
        }
    }

    private ModelLease Load(ModelFile file, IReadOnlyList<ChosenAdapter> chosen, bool anyway)
    {
        // Held, so that making room for an adapter does not cost it its model or one of its companions.
        using var model = Lease(file, []) ?? LoadModel(file, anyway);
        var held = new List<ModelLease>();
        try
        {
            held.AddRange(chosen.Select(one => Lease(file, [one]) ?? LoadAdapter(model.Model, one)));
            return Lease(file, chosen)!;
        }
        finally
        {
            held.ForEach(lease => lease.Dispose());
        }
    }

    private ModelLease LoadModel(ModelFile file, bool anyway)
    {
        if (quarantine?.Find(file) is { } crash)
        {
            throw RequestRefusedException.Quarantined(file.Id, crash.At);
        }

        using var working = board.Enter(file);
        var shape = Checked(file, () => ModelShape.Of(GgufReader.Read(file.Path)), RequestRefusedException.InvalidFile);
        var measures = Measures(file);
        var plan = new ContextPlan(shape, new ContextSettings(arguments.ContextLength, arguments.Sequences));
        MakeRoom(file, plan.NeedBytes, anyway ? null : Refuse);
        RequestRefusedException Refuse(string id, long needed, long budget, bool busy) =>
            RequestRefusedException.NoMemory(id, needed, budget, busy, plan.Shorter(other => other.NeedBytes <= budget)?.ContextLength);

        var weights = Checked(file, () => LlamaModel.Load(file.Path), RequestRefusedException.InvalidFile);
        var model = new LoadedModel(file, weights, arguments, threads, (loop, board))
        {
            Plan = plan,
            AnswersWellUpTo = measures.AnswersWellUpTo,
        };
        lock (loaded)
        {
            loaded.Add(model);
            return Lease(file, [])!;
        }
    }

    private ModelLease LoadAdapter(LoadedModel model, ChosenAdapter chosen)
    {
        var file = chosen.File;
        RequestRefusedException Refuse(string id, string why) => RequestRefusedException.InvalidAdapter(id, model.File.Id, why);
        Checked(file, () => CheckAdapter(file, model.File), Refuse);
        MakeRoom(file, file.Bytes, RequestRefusedException.NoMemoryForAdapter);
        var weights = Checked(file, () => LoraAdapter.Load(model.Weights, file.Path), Refuse);
        lock (loaded)
        {
            model.Adapters = [.. model.Adapters, new LoadedAdapter(file, weights)];
            return Lease(model.File, [chosen])!;
        }
    }

    private AdapterFacts CheckAdapter(ModelFile file, ModelFile model)
    {
        AdapterCheck.Check(GgufReader.Read(file.Path), GgufReader.Read(model.Path));
        var facts = AdapterFile.Read(file.Path);
        if (facts.BaseSha256.Length > 0)
        {
            facts.RefuseAnotherBase(digests.Sha256(model), model.Id);
        }

        return facts;
    }

    private static ModelMeasures Measures(ModelFile file)
    {
        try
        {
            return ModelMeasures.Of(file);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw RequestRefusedException.InvalidFile(file.Id, e.Message);
        }
    }

    private static T Checked<T>(ModelFile file, Func<T> open, Func<string, string, RequestRefusedException> refuse)
    {
        try
        {
            return open();
        }
        catch (InvalidDataException e)
        {
            throw refuse(file.Id, $"llama.cpp refuses it: {e.Message}");
        }
        catch (Exception e) when (e is GgufException or IOException or UnauthorizedAccessException)
        {
            throw refuse(file.Id, e.Message);
        }
    }

    /// <param name="refuse">Null: what finds no room is loaded all the same.</param>
    private void MakeRoom(ModelFile file, long needed, Func<string, long, long, bool, RequestRefusedException>? refuse)
    {
        lock (loaded)
        {
            // A file that was replaced on disk leaves its old contents behind here.
            DropAdapters(adapter => adapter.File.Path == file.Path && adapter.File != file, enough: () => false);
            DropModels(model => model.File.Path == file.Path && model.File != file, enough: () => false);
            DropAdapters(_ => true, Fits);
            DropModels(_ => true, Fits);
            if (refuse is not null && !Fits())
            {
                throw refuse(file.Id, needed, BudgetBytes, loaded.Count > 0);
            }
        }

        // The other way about, a need beyond measure would overflow.
        bool Fits() => needed <= BudgetBytes - loaded.Sum(model => model.Bytes);
    }

    private void DropAdapters(Func<LoadedAdapter, bool> which, Func<bool> enough)
    {
        var idle = loaded.SelectMany(model => model.Adapters.Select(adapter => (model, adapter))).Where(one => one.adapter.Leases == 0);
        foreach (var (model, adapter) in idle.Where(one => which(one.adapter)).OrderBy(one => one.adapter.LastUsed).ToList())
        {
            if (enough())
            {
                return;
            }

            model.Adapters = [.. model.Adapters.Where(other => other != adapter)];
            adapter.Weights.Dispose();
        }
    }

    private void DropModels(Func<LoadedModel, bool> which, Func<bool> enough)
    {
        foreach (var model in loaded.Where(model => model.Leases == 0 && which(model)).OrderBy(model => model.LastUsed).ToList())
        {
            if (enough())
            {
                return;
            }

            loaded.Remove(model);
            model.Unload();
        }
    }
}
