using Republic.Core.Llama.Memory;

namespace Republic.Tests.Unit.Llama.Memory;

/// <summary>What is said of a model of 8 layers of 1 GiB each, with a context of 8,192 tokens of 64 KiB.</summary>
public sealed class FitVerdictTests
{
    private const long GiB = 1L << 30;
    private static readonly ContextPlan Plan = new(
        new ModelShape
        {
            Architecture = "llama",
            ContextLength = 32_768,
            EmbeddingLength = 4096,
            FeedForwardLength = 14_336,
            HeadLength = 128,
            Heads = 32,
            Vocabulary = 128_000,
            InputBytes = GiB / 2,
            OutputBytes = GiB / 2,
            Layers = [.. Enumerable.Repeat(new LayerShape(16, 128, 128) { WeightBytes = GiB }, 8)],
        },
        new ContextSettings(8192)
    );

    /// <summary>9 GiB of weights, 0.5 GiB of cache, 0.11 GiB to compute in, 0.04 GiB of vocabulary and 64 MiB.</summary>
    private static double NeedGiB => Plan.NeedBytes / (double)GiB;

    [Fact]
    public void The_need_is_what_the_sentences_below_expect() => Assert.InRange(NeedGiB, 9.68, 9.76);

    [Theory]
    [InlineData(64, 32, "InMemory", "It fits: it needs 9.7 GB of memory and leaves 22.3 GB free.")]
    [InlineData(16, 11, "Tight", "It is tight: it needs 9.7 GB of memory and leaves 1.3 GB free, 328 MB less than is wise.")]
    [InlineData(
        16,
        10,
        "DoesNotFit",
        "It does not fit: 532 MB are missing. It needs 9.7 GB of memory; 10 GB are free, of which 819 MB have to stay so."
    )]
    public void In_the_machine_s_memory_it_fits_is_tight_or_does_not(int total, int free, string fit, string sentence)
    {
        var verdict = FitVerdict.Of(Plan, new MachineMemory(free * GiB, total * GiB));

        Assert.Equal((fit, 0), (verdict.Fit.ToString(), verdict.GpuLayers));
        Assert.StartsWith(sentence, verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shorter_context_is_named_where_it_would_fit()
    {
        var memory = new MachineMemory(Plan.NeedBytes + (1400L << 20), 16 * GiB);

        var verdict = FitVerdict.Of(Plan, memory);

        Assert.Equal(MemoryFit.Tight, verdict.Fit);
        var shorter = verdict.ShorterContext!.Value;
        Assert.EndsWith($"A context of {shorter:N0} tokens would do.", verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal(0, shorter % 256);
        Assert.Equal(MemoryFit.InMemory, FitVerdict.Of(With(shorter), memory).Fit);
        Assert.Equal(MemoryFit.Tight, FitVerdict.Of(With(shorter + 1), memory).Fit);
    }

    [Fact]
    public void Where_no_context_fits_another_model_is_advised()
    {
        var verdict = FitVerdict.Of(Plan, new MachineMemory(4 * GiB, 16 * GiB));

        Assert.Equal((MemoryFit.DoesNotFit, null), (verdict.Fit, verdict.ShorterContext));
        Assert.EndsWith(
            "No shorter context would do; take a smaller model, or one of fewer bits.",
            verdict.Sentence,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Of_an_unknown_architecture_nothing_is_promised()
    {
        var plan = Plan with { Shape = Plan.Shape with { IsKnown = false, Architecture = "new" } };

        var verdict = FitVerdict.Of(plan, new MachineMemory(100 * GiB, 100 * GiB));

        Assert.Equal(MemoryFit.CannotTell, verdict.Fit);
        Assert.StartsWith("The architecture new is not known here", verdict.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24, "OnGpu", 8, "It fits on the GPU: it needs 9.1 GB there and leaves 14.9 GB free.")]
    [InlineData(6, "PartlyOnGpu", 4, "It fits, 4 of its 8 layers on the GPU: the rest needs 5 GB of memory and leaves 11 GB free.")]
    [InlineData(1, "InMemory", 0, "It fits: it needs 9.7 GB of memory and leaves 6.3 GB free.")]
    public void A_GPU_takes_as_many_layers_as_it_has_room_for(int gpu, string fit, int layers, string sentence)
    {
        var verdict = FitVerdict.Of(Plan, new MachineMemory(16 * GiB, 16 * GiB), new GpuMemory(gpu * GiB, gpu * GiB));

        Assert.Equal((fit, layers), (verdict.Fit.ToString(), verdict.GpuLayers));
        Assert.Equal(sentence, verdict.Sentence);
    }

    [Fact]
    public void Two_GPUs_take_more_than_one()
    {
        var memory = new MachineMemory(16 * GiB, 16 * GiB);
        var gpu = new GpuMemory(6 * GiB, 6 * GiB);

        Assert.Equal(8, FitVerdict.Of(Plan, memory, gpu, gpu).GpuLayers);
    }

    [Fact]
    public void What_CUDA_takes_for_itself_and_a_tied_output_leave_room_for_less()
    {
        // Room for exactly 4 layers and the output.
        var need = Plan.ComputeBytes + Plan.Shape.OutputBytes + (4 * Plan.LayerBytes(Plan.Shape.Layers[0]));
        var gpu = new GpuMemory(need + (2 * 256L << 20), 8 * GiB);
        var tied = Plan with { Shape = Plan.Shape with { OutputBytes = 0, TiedBytes = GiB / 2 } };

        Assert.Equal(4, GpuOffload.Most(Plan, [gpu]).Layers);
        Assert.Equal(3, GpuOffload.Most(Plan, [gpu with { IsCuda = true }]).Layers);
        Assert.Equal(3, GpuOffload.Most(Plan, [gpu with { FreeBytes = gpu.FreeBytes - 1 }]).Layers);
        Assert.Equal(4, GpuOffload.Most(tied, [gpu]).Layers);
        Assert.Equal(tied.NeedBytes - (4 * tied.LayerBytes(tied.Shape.Layers[0])), GpuOffload.Most(tied, [gpu]).MachineBytes);
    }

    [Fact]
    public void A_verdict_gets_no_worse_with_more_memory()
    {
        foreach (var gpus in new GpuMemory[][] { [], [new(6 * GiB, 6 * GiB)] })
        {
            var verdicts = Enumerable
                .Range(0, 200)
                .Select(i => FitVerdict.Of(Plan, new MachineMemory(i * GiB / 10, 16 * GiB), gpus).Fit)
                .ToList();
            Assert.Equal(verdicts.Order(), verdicts);
            Assert.Contains(MemoryFit.Tight, verdicts);
        }

        foreach (var memory in new[] { 4, 10, 11, 32 })
        {
            var verdicts = Enumerable
                .Range(0, 200)
                .Select(i => FitVerdict.Of(Plan, new MachineMemory(memory * GiB, 16 * GiB), new GpuMemory(i * GiB / 10, 16 * GiB)))
                .ToList();
            Assert.Equal(verdicts.Select(verdict => verdict.Fit).Order(), verdicts.Select(verdict => verdict.Fit));
            Assert.Equal(verdicts.Select(verdict => verdict.GpuLayers).Order(), verdicts.Select(verdict => verdict.GpuLayers));
            Assert.Contains(verdicts, verdict => verdict.Fit == MemoryFit.OnGpu);
        }
    }

    private static ContextPlan With(int length) => Plan with { Settings = Plan.Settings with { Length = length } };
}
