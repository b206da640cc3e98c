namespace Republic.Core.Llama.Memory;

/// <summary>
/// How much of a model lies on GPUs. Layers go there from the last one back, and with the first of them goes what follows the layers,
/// as llama.cpp's n_gpu_layers does it; the embeddings stay in the machine's memory.
/// </summary>
/// <param name="Layers">How many layers.</param>
/// <param name="GpuBytes">What they take on all GPUs together, with what each computes in.</param>
/// <param name="MachineBytes">What the rest takes of the machine's memory.</param>
internal sealed record GpuOffload(int Layers, long GpuBytes, long MachineBytes)
{
    /// <summary>The most layers that the GPUs have room for, each filled in its turn.</summary>
    public static GpuOffload Most(ContextPlan plan, IReadOnlyList<GpuMemory> gpus)
    {
        var shape = plan.Shape;
        var output = (Int128)shape.OutputBytes + shape.TiedBytes + plan.Settings.AdapterBytes;
        var next = shape.Layers.Count - 1;
        Int128 used = 0;
        Int128 moved = 0;
        foreach (var gpu in gpus)
        {
            var first = next == shape.Layers.Count - 1 ? output : 0;
            Int128 taken = plan.ComputeBytes + first;
            var before = next;
            while (next >= 0 && taken + plan.LayerBytes(shape.Layers[next]) <= gpu.UsableBytes)
            {
                taken += plan.LayerBytes(shape.Layers[next]);
                moved += plan.LayerBytes(shape.Layers[next--]);
            }

            used += next < before ? taken : 0;
        }

        var layers = shape.Layers.Count - 1 - next;
        return new(layers, long.CreateSaturating(used), Rest(plan, layers, moved));
    }

    private static long Rest(ContextPlan plan, int layers, Int128 moved)
    {
        if (layers == 0)
        {
            return plan.NeedBytes;
        }

        var isWhole = layers == plan.Shape.Layers.Count;
        var beside = isWhole ? plan.Settings.AdapterBytes : 0;
        return long.CreateSaturating(plan.NeedBytes - moved - plan.Shape.OutputBytes - beside);
    }
}
