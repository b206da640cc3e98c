using Republic.Core.Llama.Memory;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Fitting;
using Republic.Tests.World;
using static Republic.Tests.World.FittedModels;

namespace Republic.Tests.Unit.PersonalModels;

/// <summary>What is said of a model of 8 layers and 1 GiB of weights, and of the catalogue's models.</summary>
public sealed class ModelFitsTests
{
    private static readonly HeaderFacts Facts = HeaderFacts.Of(
        Header("llama").Vocabulary(32_000).Tensor("output.weight", "F16", 4096, 1 << 17).File()
    );

    private static readonly FitSubject Subject = FitSubject.Of("Q4_K_M", Facts);
    private static readonly ModelFits Fits = With(contextLength: 4096, sequences: 4);
    private static readonly long Need = Fits.Fit(Memory(64 * GiB, 64 * GiB), Subject).Estimate.Need;

    [Fact]
    public void An_estimate_is_that_of_the_plan_the_host_would_make()
    {
        var plan = new ContextPlan(Facts.Shape, new ContextSettings(4096, 4));

        var report = Fits.Fit(Memory(64 * GiB, 64 * GiB), Subject);

        Assert.Equal(
            (plan.WeightBytes, plan.CacheBytes, plan.StateBytes, plan.ComputeBytes, plan.NeedBytes),
            (report.Estimate.Weights, report.Estimate.Kv, report.Estimate.State, report.Estimate.Compute, report.Estimate.Need)
        );
        Assert.Equal(GiB, report.Estimate.Weights);
        Assert.Equal((4096, 4, FitBasis.Header), (report.Context, report.Sequences, report.Basis));
    }

    [Theory]
    [InlineData(2, 0, "fits_ram")]
    [InlineData(2, -1, "tight")]
    [InlineData(1, 0, "tight")]
    [InlineData(1, -1, "does_not_fit")]
    public void A_verdict_keeps_to_the_margins_to_the_byte(int margins, long more, string verdict)
    {
        var total = 64 * GiB;
        var margin = (long)(total * 0.05);

        var report = Fits.Fit(Memory(Need + (margins * margin) + more, total), Subject);

        Assert.Equal((verdict, margin), (report.Verdict, report.Margin));
        Assert.Equal(Need + (margins * margin) + more, report.Free);
    }

    [Fact]
    public void A_GPU_is_spelled_as_the_API_does()
    {
        var memory = Memory(64 * GiB, 64 * GiB);

        var whole = Fits.Fit(memory with { Gpus = [new GpuMemory(24 * GiB, 24 * GiB)] }, Subject);
        var parts = Fits.Fit(memory with { Gpus = [new GpuMemory(GiB + (900L << 20), 8 * GiB)] }, Subject);

        Assert.Equal(("fits_gpu", 8, 24 * GiB), (whole.Verdict, whole.GpuLayers, whole.Free));
        Assert.Equal(("fits_partly", true), (parts.Verdict, parts.GpuLayers is > 0 and < 8));
        Assert.Equal((long)(24 * GiB * 0.03), whole.Margin);
    }

    [Fact]
    public void Of_an_unknown_architecture_nothing_is_promised() =>
        Assert.Equal(
            "cannot_tell",
            Fits.Fit(Memory(64 * GiB, 64 * GiB), FitSubject.Of("new", HeaderFacts.Of(Header("unheard-of").File()))).Verdict
        );

    [Fact]
    public void A_shorter_context_is_named_where_it_would_fit()
    {
        var memory = Memory(Need + (600L << 20), 8 * GiB);

        var report = Fits.Fit(memory, Subject);

        Assert.Equal("tight", report.Verdict);
        Assert.Equal("fits_ram", Fits.Fit(memory, Subject, Fits.Settings with { Context = report.ShorterContext!.Value }).Verdict);
        Assert.Contains($"A context of {report.ShorterContext:N0} tokens would do.", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_host_s_budget_bounds_what_the_machine_has_and_is_named()
    {
        var rich = Fits.Fit(Memory(64 * GiB, 64 * GiB), Subject);
        var bound = Fits.Fit(Memory(64 * GiB, 64 * GiB, budget: GiB), Subject);

        Assert.Equal(("fits_ram", 64 * GiB), (rich.Verdict, rich.Free));
        Assert.Equal(("does_not_fit", GiB, 0), (bound.Verdict, bound.Free, bound.Margin));
        Assert.Contains("of memory; 1 GB are free. No shorter context would do", bound.Reason, StringComparison.Ordinal);
        Assert.EndsWith("All models here together may take 1 GB (ModelHost:MemoryMegabytes).", bound.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("ModelHost", rich.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_that_leaves_the_machine_plenty_may_be_used_up_as_the_host_lets_it()
    {
        Assert.Equal("fits_ram", Fits.Fit(Memory(64 * GiB, 64 * GiB, budget: Need), Subject).Verdict);
        Assert.Equal("does_not_fit", Fits.Fit(Memory(64 * GiB, 64 * GiB, budget: Need - 1), Subject).Verdict);
    }

    [Fact]
    public void A_budget_makes_no_verdict_better_and_each_follows_from_the_figures_told()
    {
        const long total = 8 * GiB;
        for (var free = Need - GiB; free < Need + (2 * GiB); free += 100L << 20)
        {
            var without = Fits.Fit(Memory(free, total), Subject);
            for (var budget = Need - GiB; budget < Need + (2 * GiB); budget += 100L << 20)
            {
                var report = Fits.Fit(Memory(free, total, budget), Subject);

                Assert.True(Rank(report) <= Rank(without));
                var expected =
                    Need <= report.Free - (2 * report.Margin) ? "fits_ram"
                    : Need <= report.Free - report.Margin ? "tight"
                    : "does_not_fit";
                Assert.Equal(expected, report.Verdict);
                Assert.Equal(Math.Min(free, budget), report.Free);
            }
        }

        static int Rank(FitReport report) => Array.IndexOf(["does_not_fit", "tight", "fits_ram"], report.Verdict);
    }

    [Fact]
    public void Idle_models_give_way_and_busy_ones_do_not()
    {
        Assert.Equal(6 * GiB, Memory(4 * GiB, 16 * GiB, load: new HostLoad(0, 2 * GiB)).FreeBytes);
        Assert.Equal(4 * GiB, Memory(4 * GiB, 16 * GiB, load: new HostLoad(2 * GiB, 0)).FreeBytes);
        // Idle weights that are mapped count as available already.
        Assert.Equal(13 * GiB, Memory(12 * GiB, 16 * GiB, load: new HostLoad(3 * GiB, 9 * GiB)).FreeBytes);
        Assert.Equal(1 * GiB, Memory(12 * GiB, 16 * GiB, budget: 4 * GiB, load: new HostLoad(3 * GiB, GiB)).FreeBytes);
        Assert.Equal(0, Memory(12 * GiB, 16 * GiB, budget: 4 * GiB, load: new HostLoad(5 * GiB, 0)).FreeBytes);
    }

    [Fact]
    public void What_was_measured_takes_the_estimate_s_place()
    {
        var memory = Memory(16 * GiB, 16 * GiB);

        var light = Fits.Fit(memory, Measured(GiB));
        var heavy = Fits.Fit(memory, Measured(15 * GiB));

        Assert.Equal((FitBasis.Measured, GiB, "fits_ram"), (light.Basis, light.Estimate.Need, light.Verdict));
        Assert.Equal(GiB, light.Estimate.Weights);
        Assert.Equal("It fits: it needs 1 GB of memory and leaves 15 GB free. Measured here.", light.Reason);
        Assert.Equal((15 * GiB, "tight"), (heavy.Estimate.Need, heavy.Verdict));
        // Of a shorter context nothing was measured.
        Assert.NotNull(heavy.ShorterContext);
        Assert.Equal(
            [FitBasis.Measured, FitBasis.Header, FitBasis.Header, FitBasis.Header],
            Fits.Matrix(memory, [Measured(GiB)]).Rows[0].Cells.Select(cell => cell!.Basis)
        );
        Assert.Equal(FitBasis.Header, Fits.Fit(memory, Measured(GiB), Fits.Settings with { Sequences = 1 }).Basis);

        static FitSubject Measured(long bytes) =>
            Subject with
            {
                Measured = new MeasuredModel(null, 100, 50, bytes, 0, 0, ContextLength: 4096, Sequences: 4, "Hello.", default),
            };
    }

    [Fact]
    public void A_table_has_the_usual_contexts_up_to_the_model_s_own()
    {
        var small = FitSubject.Of("small", HeaderFacts.Of(Header("llama").With("context_length", 8192).File()));

        var table = Fits.Matrix(Memory(64 * GiB, 64 * GiB), [Subject, small]);

        Assert.Equal([4096, 8192, 16_384, 20_000], table.Contexts);
        Assert.Equal([4096, 8192, 16_384, 20_000], table.Rows[0].Cells.Select(cell => cell!.Context));
        Assert.Equal([4096, 8192, null, null], table.Rows[1].Cells.Select(cell => cell?.Context));
        Assert.Equal(("Q4_K_M", GiB, FitBasis.Header), (table.Rows[0].Name, table.Rows[0].Weights, table.Rows[0].Basis));
        Assert.All(table.Rows[0].Cells, cell => Assert.Equal(4, cell!.Sequences));
        Assert.Equal(
            table.Rows[0].Cells.Select(cell => cell!.Estimate.Need).Order().Distinct(),
            table.Rows[0].Cells.Select(cell => cell!.Estimate.Need)
        );
        Assert.Empty(Fits.Matrix(Memory(GiB, GiB), []).Contexts);
    }

    [Theory]
    [InlineData("deepseek-ai/deepseek-r1-distill-qwen-1.5b", 8192, 224)]
    [InlineData("meta-llama/llama-3.2-3b-instruct", 8192, 896)]
    [InlineData("microsoft/phi-3-medium-4k-instruct", 4096, 800)]
    [InlineData("mistral/devstral-small-1.1", 8192, 1280)]
    [InlineData("qwen/qwen2.5-coder-32b-instruct", 8192, 2048)]
    [InlineData("mistralai/mixtral-8x7b-instruct-v0.1", 8192, 1024)]
    public void Until_its_header_was_read_a_model_of_the_catalogue_gets_an_unverified_verdict(string id, int context, int kvMebibytes)
    {
        var model = new ModelCatalog().Find(id)!;
        var variant = model.Variant("Q4_K_M")!;

        var report = Fits.Fit(Memory(64 * GiB, 64 * GiB), FitSubject.Of(model, variant), new FitSettings(context, 1));

        Assert.Equal((long)kvMebibytes << 20, report.Estimate.Kv);
        Assert.Equal(variant.Bytes, report.Estimate.Weights);
        Assert.InRange(report.Estimate.Compute, 1, 1L << 30);
        Assert.Equal((FitBasis.Catalog, "fits_ram"), (report.Basis, report.Verdict));
        Assert.EndsWith("From the catalogue, unverified: the header of the file decides.", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_for_vectors_keeps_no_keys()
    {
        var model = new ModelCatalog().Find("BAAI/bge-small-en-v1.5")!;

        var table = Fits.Matrix(Memory(64 * GiB, 64 * GiB), [FitSubject.Of(model, model.Variants[0])]);

        Assert.Equal([512], table.Contexts);
        Assert.Equal(0, table.Rows[0].Cells[0]!.Estimate.Kv);
    }

    [Theory]
    [InlineData(4096, 4, "q8_0", null)]
    [InlineData(1, 1, "F16", null)]
    [InlineData(0, 1, "f16", "context")]
    [InlineData(1 << 20, 64, "f32", null)]
    [InlineData((1 << 20) + 1, 1, "f16", "context")]
    [InlineData(4096, 0, "f16", "sequences")]
    [InlineData(4096, 65, "f16", "sequences")]
    [InlineData(4096, 1, "q3_k", "cache_type")]
    public void Settings_that_make_no_sense_say_which(int context, int sequences, string type, string? field) =>
        Assert.Equal(field, new FitSettings(context, sequences, type).Problem()?.Fields[0].Field);

    [Fact]
    public void A_cache_of_fewer_bits_needs_less()
    {
        var memory = Memory(64 * GiB, 64 * GiB);
        var full = Fits.Fit(memory, Subject, new FitSettings(4096, 4)).Estimate.Kv;

        Assert.Equal(full / 2 * 34 / 32, Fits.Fit(memory, Subject, new FitSettings(4096, 4, "q8_0")).Estimate.Kv);
        Assert.Equal(full * 2, Fits.Fit(memory, Subject, new FitSettings(4096, 4, "f32")).Estimate.Kv);
    }

    private static ModelHeader Header(string architecture) =>
        new ModelHeader(architecture)
            .With("block_count", 8)
            .With("embedding_length", 4096)
            .With("context_length", 20_000)
            .With("attention.head_count", 32)
            .With("attention.head_count_kv", 8);
}
