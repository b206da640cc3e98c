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
/// Loads models when they are first asked for, with the adapters that change them, and unloads them when others need the memory or nobody
/// has asked for them long enough.
/// </summary>
internal sealed class ModelPool : IAsyncDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);
    private readonly ModelHostArguments arguments;
    private readonly ModelFolders models;
    private readonly ModelFolders adapters;
    private readonly ModelFolders installed;
    private readonly FileDigests digests = new();
    private readonly ActivityBoard board;
    private readonly ModelQuarantine? quarantine;
    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly DecodeLoop loop = new();
    private readonly ComputeThreads threads;
    private readonly LoadedModels loaded;
    private readonly MemoryQueue queue;
    private readonly ITimer sweep;

    public ModelPool(ModelHostArguments arguments, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        this.arguments = arguments;
        models = new(arguments.Models);
        adapters = new(arguments.Adapters);
        installed = new(arguments.Installed.Length > 0 ? [arguments.Installed] : []);
        board = new(arguments.Activity.Length > 0 ? arguments.Activity : null);
        quarantine = arguments.Quarantine.Length > 0 ? new(arguments.Quarantine) : null;
        threads = new(arguments.Threads);
        loaded = new(ModelHostOptions.BudgetOf(arguments.MemoryMegabytes), time);
        queue = new(loaded, arguments.QueueLength, time);
        sweep = time.CreateTimer(_ => loaded.UnloadExpired(), state: null, SweepEvery, SweepEvery);
    }

    public LoadedModels Loaded => loaded;

    public MemoryQueue Queue => queue;

    public IReadOnlyList<ModelFile> Files => models.List();

    public IReadOnlyList<ModelFile> AdapterFiles => adapters.List();

    public int Threads => threads.Allowed;

    /// <summary>From the next step on; never more than it was started with.</summary>
    public void UseThreads(int count) => threads.Allowed = count;

    /// <exception cref="RequestRefusedException">There is no such model or adapter, its file is no good, or it does not fit.</exception>
    public Task<ModelLease> TakeAsync(string id, InstalledFile? own, IReadOnlyList<AdapterChoice> chosen, CancellationToken ct)
    {
        ModelFile Adapter(string name) => adapters.Find(name) ?? throw RequestRefusedException.AdapterNotFound(name);
        return TakeAsync(
            Find(id, own) ?? throw RequestRefusedException.ModelNotFound(id),
            [.. chosen.Select(one => new ChosenAdapter(Adapter(one.Name), one.Scale))],
            LoadSettings.Of(own, arguments),
            ct
        );
    }

    /// <exception cref="RequestRefusedException">A file is no good, or does not fit.</exception>
    public Task<ModelLease> TakeAsync(ModelFile file, IReadOnlyList<ChosenAdapter> chosen, CancellationToken ct) =>
        TakeAsync(file, chosen, LoadSettings.Of(own: null, arguments), ct);

    /// <summary>Unloads a model, at once or when its answers have ended. Its file may be gone already.</summary>
    /// <returns>How many were unloaded, and how many answer.</returns>
    public (int Unloaded, int Busy) Unload(InstalledFile own) => loaded.Unload(model => model.File.Path == PathOf(own));

    /// <summary>Has a model that is in memory follow its owner's choice at once.</summary>
    public void Keep(InstalledFile own) => loaded.Keep(PathOf(own), LoadSettings.Of(own, arguments));

    public async ValueTask DisposeAsync()
    {
        await sweep.DisposeAsync();
        loop.Dispose();
        foreach (var model in loaded.All)
        {
            model.Dispose();
        }

        threads.Dispose();
        board.Dispose();
        loading.Dispose();
    }

    private string PathOf(InstalledFile own) => Path.Combine(Path.GetFullPath(arguments.Installed), $"{own.File}.gguf");

    private ModelFile? Find(string id, InstalledFile? own) =>
        (own is null ? models.Find(id) : installed.Find(own.File ?? "")) is { } found ? found with { Id = id } : null;

    private async Task<ModelLease> TakeAsync(
        ModelFile file,
        IReadOnlyList<ChosenAdapter> chosen,
        LoadSettings settings,
        CancellationToken ct
    )
    {
        if (loaded.Lease(file, settings, chosen) is { } at)
        {
            return at;
        }

        var pending = queue.Enter(file);
        try
        {
            await pending.Turn.WaitAsync(ct);
            try
            {
                var lease = await LoadAsync(new LoadRequest(file, chosen, settings), pending, ct);
                queue.Stop(pending);
                return lease;
            }
            catch (RequestRefusedException)
            {
                queue.Stop(pending);
                throw;
            }
            finally
            {
                // Where a client went away, the model keeps its turn for the next request that waits for it.
                pending.Turn.Release();
            }
        }
        finally
        {
            queue.Leave(pending);
        }
    }

    private async Task<ModelLease> LoadAsync(LoadRequest request, PendingModel pending, CancellationToken ct)
    {
        while (true)
        {
            MemoryFullException full;
            Task changed;
            await loading.WaitAsync(ct);
            try
            {
                return loaded.Lease(request.File, request.Settings, request.Adapters) ?? await Task.Run(() => Load(request, pending), ct);
            }
            catch (MemoryFullException e)
            {
                // Taken now, because the attempt itself gave something back; what came free meanwhile is seen a second later.
                (full, changed) = (e, loaded.Changed);
            }
            finally
            {
                loading.Release();
            }

            await queue.WaitAsync(pending, full, changed, ct);
        }
    }

    private ModelLease Load(LoadRequest request, PendingModel pending)
    {
        // Held, so that making room for an adapter does not cost it its model or one of its companions.
        using var model = loaded.Lease(request.File, request.Settings, []) ?? LoadModel(request.File, request.Settings, pending);
        var held = new List<ModelLease>();
        try
        {
            held.AddRange(request.Adapters.Select(one => loaded.Lease(model.Model, [one]) ?? LoadAdapter(model.Model, one, pending)));
            return loaded.Lease(model.Model, request.Adapters)!;
        }
        finally
        {
            held.ForEach(lease => lease.Dispose());
        }
    }

    private ModelLease LoadModel(ModelFile file, LoadSettings settings, PendingModel pending)
    {
        if (quarantine?.Find(file) is { } crash)
        {
            throw RequestRefusedException.Quarantined(file.Id, crash.At);
        }

        using var working = board.Enter(file);
        var header = Checked(file, () => GgufReader.Read(file.Path), RequestRefusedException.InvalidFile);
        var shape = Checked(file, () => ModelShape.Of(header), RequestRefusedException.InvalidFile);
        var measures = Measures(file);
        var plan = new ContextPlan(shape, new ContextSettings(settings.ContextLength, arguments.Sequences));
        var full = new MemoryFullException(plan.NeedBytes, limit => RequestRefusedException.NoMemory(file.Id, settings, plan, limit));
        // What can never fit does not cost others the model as it is loaded.
        if (!settings.LoadAnyway && plan.NeedBytes > loaded.MostBytesFor(file))
        {
            throw full;
        }

        loaded.DropFormer(file, settings);
        if (!loaded.MakeRoom(plan.NeedBytes, queue.ReservedFrom(pending), settings.LoadAnyway) && !settings.LoadAnyway)
        {
            throw full;
        }

        var weights = Checked(file, () => LlamaModel.Load(file.Path), RequestRefusedException.InvalidFile);
        return loaded.Add(
            new LoadedModel(file, weights, arguments, threads, (loop, board))
            {
                Plan = plan,
                AnswersWellUpTo = measures.AnswersWellUpTo,
                Sampling = ModelSampling.Of(header),
                Settings = settings,
            }
        );
    }

    private ModelLease LoadAdapter(LoadedModel model, ChosenAdapter chosen, PendingModel pending)
    {
        var file = chosen.File;
        RequestRefusedException Refuse(string id, string why) => RequestRefusedException.InvalidAdapter(id, model.File.Id, why);
        if (quarantine?.Find(file) is { } crash)
        {
            throw RequestRefusedException.QuarantinedAdapter(file.Id, crash.At);
        }

        // The model too, so that an adapter has always proven itself less than the model it is put on.
        using var working = board.Enter(model.File, file);
        Checked(file, () => CheckAdapter(file, model.File), Refuse);
        var most = loaded.MostBytesFor(model.File) - model.Plan.NeedBytes;
        if (file.Bytes > most && !model.Settings.LoadAnyway)
        {
            throw RequestRefusedException.NoMemoryForAdapter(file.Id, file.Bytes, new MemoryLimit(most, loaded.BudgetBytes, IsBusy: false));
        }

        if (!loaded.MakeRoom(file.Bytes, queue.ReservedFrom(pending)) && !model.Settings.LoadAnyway)
        {
            throw new MemoryFullException(file.Bytes, limit => RequestRefusedException.NoMemoryForAdapter(file.Id, file.Bytes, limit));
        }

        var weights = Checked(file, () => LoraAdapter.Load(model.Weights, file.Path), Refuse);
        return loaded.Add(model, new LoadedAdapter(file, weights), chosen);
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

    private sealed record LoadRequest(ModelFile File, IReadOnlyList<ChosenAdapter> Adapters, LoadSettings Settings);
}
