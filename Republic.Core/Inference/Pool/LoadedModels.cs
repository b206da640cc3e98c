using Republic.Core.Llama.Files;
using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Pool;

/// <summary>
/// The models in memory, and who uses them. Those that nobody uses give way to others: first adapters, then models, the one unused longest
/// first; pinned models never do.
/// </summary>
internal sealed class LoadedModels(long budgetBytes, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<LoadedModel> models = [];
    private TaskCompletionSource changed = NewSignal();
    private long uses;

    /// <summary>What all models may take together.</summary>
    public long BudgetBytes => budgetBytes;

    public IReadOnlyList<LoadedModel> All
    {
        get
        {
            lock (gate)
            {
                return [.. models];
            }
        }
    }

    /// <summary>Ends when a model or an adapter is next used no more, or unloaded.</summary>
    public Task Changed
    {
        get
        {
            lock (gate)
            {
                return changed.Task;
            }
        }
    }

    /// <summary>The most bytes that a model can have: the budget without what other pinned models take.</summary>
    public long MostBytesFor(ModelFile file)
    {
        lock (gate)
        {
            var pinned = models.Where(model => model.Settings.IsPinned && !model.IsDraining && model.File.Path != file.Path);
            return budgetBytes - pinned.Sum(model => model.Plan.NeedBytes);
        }
    }

    /// <summary>Null where something of it is not in memory, or the model is about to leave it.</summary>
    public ModelLease? Lease(ModelFile file, LoadSettings settings, IReadOnlyList<ChosenAdapter> chosen)
    {
        lock (gate)
        {
            if (models.Find(model => model.Serves(file, settings)) is not { } model)
            {
                return null;
            }

            model.Settings = settings with { ContextLength = model.Settings.ContextLength };
            return Lease(model, chosen);
        }
    }

    /// <summary>Null where one of the adapters is not in memory.</summary>
    public ModelLease? Lease(LoadedModel model, IReadOnlyList<ChosenAdapter> chosen)
    {
        lock (gate)
        {
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

    public ModelLease Add(LoadedModel model)
    {
        lock (gate)
        {
            models.Add(model);
            return Lease(model, [])!;
        }
    }

    public ModelLease Add(LoadedModel model, LoadedAdapter adapter, ChosenAdapter chosen)
    {
        lock (gate)
        {
            model.Adapters = [.. model.Adapters, adapter];
            return Lease(model, [chosen])!;
        }
    }

    /// <summary>What is in use of a former file at this path is unloaded when its answers have ended; what is not in use, now.</summary>
    public void DropFormer(ModelFile file, LoadSettings settings)
    {
        lock (gate)
        {
            DropAdapters(adapter => adapter.File.Path == file.Path && adapter.File != file, enough: () => false);
            // One that drains for another model may yet be kept, when that one is not wanted any more.
            Unload(model =>
                model.File.Path == file.Path
                && !model.Serves(file, settings)
                && !(model.File == file && model is { IsDraining: true, Leases: > 0 })
            );
        }
    }

    /// <summary>Unloads idle models until there are so many bytes. Where all of them would not be enough, they stay.</summary>
    /// <param name="reserved">Bytes that were promised to another model.</param>
    /// <param name="anyway">They are unloaded though they are not enough.</param>
    /// <returns>False where there are not so many bytes.</returns>
    public bool MakeRoom(long needed, long reserved, bool anyway = false)
    {
        lock (gate)
        {
            // Those on the way out are as good as gone for the model that they make room for, and for no other one.
            reserved = Math.Max(0, reserved - models.Where(model => model.IsDraining).Sum(model => model.Bytes));
            var idle = Idle();
            var busy = models.Except(idle).ToList();
            var spare =
                idle.Sum(model => model.HeldBytes)
                + busy.SelectMany(model => model.Adapters).Where(a => a.Leases == 0).Sum(a => a.File.Bytes);
            if (!anyway && needed > Free() + spare)
            {
                return false;
            }

            DropAdapters(_ => true, Fits);
            foreach (var model in idle)
            {
                if (Fits())
                {
                    break;
                }

                Remove(model);
            }

            if (needed > budgetBytes - reserved - models.Sum(model => model.Bytes))
            {
                models.ForEach(model => model.ClearPromptCache());
            }

            return Fits();
        }

        // The other way about, a need beyond measure would overflow.
        bool Fits() => needed <= Free();

        long Free() => budgetBytes - reserved - models.Sum(model => model.HeldBytes);
    }

    /// <summary>Has models that answer take no new requests, the one unused longest first, until their memory would be enough.</summary>
    public void DrainFor(object cause, long needed)
    {
        lock (gate)
        {
            var free = budgetBytes - models.Where(model => !model.IsDraining).Sum(model => model.Bytes);
            foreach (var model in models.Where(model => !model.IsDraining && !model.Settings.IsPinned).OrderBy(model => model.LastUsed))
            {
                if (needed <= free)
                {
                    return;
                }

                model.DrainsFor = cause;
                free += model.Bytes;
            }
        }
    }

    /// <summary>The model that they were to make room for does not need it any more.</summary>
    public void StopDraining(object cause)
    {
        lock (gate)
        {
            foreach (var model in models.Where(model => model.DrainsFor == cause))
            {
                model.DrainsFor = null;
            }

            Signal();
        }
    }

    /// <summary>Unloads what is idle; what answers takes no new requests, and is unloaded when it has ended.</summary>
    /// <returns>How many were unloaded, and how many answer.</returns>
    public (int Unloaded, int Busy) Unload(Func<LoadedModel, bool> which)
    {
        lock (gate)
        {
            var meant = models.Where(which).ToList();
            var idle = meant.Where(model => model.Leases == 0).ToList();
            idle.ForEach(Remove);
            foreach (var model in meant.Except(idle))
            {
                model.DrainsFor = model;
            }

            return (idle.Count, meant.Count - idle.Count);
        }
    }

    /// <summary>Unloads what nobody has asked for as long as it was to be kept.</summary>
    public int UnloadExpired() => Unload(model => model.Leases == 0 && UnloadsIn(model) <= TimeSpan.Zero).Unloaded;

    /// <summary>The time left until it is unloaded; null for one that answers or is pinned.</summary>
    public TimeSpan? UnloadsIn(LoadedModel model) =>
        model.Leases > 0 || model.Settings.IsPinned ? null : model.Settings.KeepAlive - IdleFor(model);

    public TimeSpan IdleFor(LoadedModel model) => model.Leases > 0 ? TimeSpan.Zero : time.GetElapsedTime(model.LastUsedAt);

    /// <summary>A choice of its owner that holds at once, and not with the next request.</summary>
    public void Keep(string path, LoadSettings settings)
    {
        lock (gate)
        {
            foreach (var model in models.Where(model => model.File.Path == path))
            {
                model.Settings = settings with { ContextLength = model.Settings.ContextLength };
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void GiveBack(LoadedModel model, List<LoadedAdapter> used)
    {
        lock (gate)
        {
            Count(model, used, -1);
            if (model is { IsDraining: true, Leases: 0 })
            {
                Remove(model);
            }

            Signal();
        }
    }

    private void Count(LoadedModel model, List<LoadedAdapter> used, int change)
    {
        model.Leases += change;
        model.LastUsed = ++uses;
        model.LastUsedAt = time.GetTimestamp();
        foreach (var adapter in used)
        {
            adapter.Leases += change;
            adapter.LastUsed = uses;
        }
    }

    private List<LoadedModel> Idle() =>
        [.. models.Where(model => model.Leases == 0 && !model.Settings.IsPinned).OrderBy(model => model.LastUsed)];

    private void Remove(LoadedModel model)
    {
        models.Remove(model);
        model.Unload();
        Signal();
    }

    private void DropAdapters(Func<LoadedAdapter, bool> which, Func<bool> enough)
    {
        var idle = models.SelectMany(model => model.Adapters.Select(adapter => (model, adapter))).Where(one => one.adapter.Leases == 0);
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

    private void Signal()
    {
        changed.TrySetResult();
        changed = NewSignal();
    }
}
