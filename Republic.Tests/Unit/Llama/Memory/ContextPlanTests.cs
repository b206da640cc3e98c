using Republic.Core.Llama.Memory;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama.Memory;

/// <summary>What contexts take, against what others computed or saw.</summary>
public sealed class ContextPlanTests
{
    private const long MiB = 1 << 20;

    public static TheoryData<string> WithLayers() =>
        new(MemoryCases.All.Cases.Where(row => (row.KvMib ?? row.KvBytes) is not null).Select(row => row.Model));

    [Theory]
    [MemberData(nameof(WithLayers))]
    public void Keys_and_values_take_what_they_are_known_to_to_the_byte(string model)
    {
        var row = MemoryCases.Of(model);
        var (keys, values) = (CacheType.Find(row.K)!, CacheType.Find(row.V)!);
        var plan = PlanOf(row);

        var exactCells = plan.Shape.Layers.Where(layer => layer.Window == 0).Sum(layer => row.N * layer.CellBytes(keys, values));
        var windows = plan.Shape.Layers.Where(layer => layer.Window > 0).Sum(layer => 1536L * layer.CellBytes(keys, values));

        Assert.Equal(row.KvBytes ?? (long)(row.KvMib!.Value * MiB), exactCells + windows);
        var padding =
            (plan.Cells - row.N) * plan.Shape.Layers.Where(layer => layer.Window == 0).Sum(layer => layer.CellBytes(keys, values));
        Assert.Equal(exactCells + windows + padding, plan.CacheBytes);
    }

    [Fact]
    public void Windows_save_what_they_are_said_to()
    {
        var row = MemoryCases.Of("Gemma 3 27B");
        var plan = PlanOf(row);
        var whole = plan with { Shape = plan.Shape with { Layers = [.. plan.Shape.Layers.Select(layer => layer with { Window = 0 })] } };

        Assert.Equal((long)(row.KvMibSwaFull!.Value * MiB), whole.CacheBytes);
    }

    [Fact]
    public void Without_flash_attention_the_product_of_keys_and_queries_takes_what_it_is_known_to()
    {
        var row = MemoryCases.Of("DeepSeek R1 671B");
        var shape = Shape([new LayerShape(1, 576, 0)], heads: row.NHead);

        var plan = new ContextPlan(shape, new ContextSettings(row.N) { FlashAttention = false });

        Assert.Equal(row.KqBytes, plan.AttentionBytes);
        Assert.Equal(2L * 512 * row.N, (plan with { Settings = plan.Settings with { FlashAttention = true } }).AttentionBytes);
    }

    [Theory]
    [InlineData("Mistral Small 2409 22B", 32_768, 6144, 16_384, 0.01)]
    [InlineData("DeepSeek R1 Distill Qwen 7B Q4_K_M", 152_064, 3584, 18_944, 0.05)]
    public void All_of_it_takes_about_what_was_seen(string model, int vocabulary, int embedding, int feedForward, double within)
    {
        var row = MemoryCases.Of(model);
        var plan = PlanOf(row);
        var shape = plan.Shape with
        {
            Vocabulary = vocabulary,
            EmbeddingLength = embedding,
            FeedForwardLength = feedForward,
            OutputBytes = (long)((row.WeightsMib ?? 0) * MiB),
        };

        // The program that was watched kept logits of every token of a batch; the model host asks for those of one.
        var need = ((plan with { Shape = shape }).NeedBytes + (4L * (ContextPlan.Batch - 1) * vocabulary)) / (double)MiB;

        Assert.InRange(need, row.TotalMib!.Value * (1 - within), row.TotalMib.Value * (1 + within));
    }

    /// <summary>The cards' layers had 4.36 GiB of weights on them; the caches and the weights alone are 5 % more than was seen.</summary>
    [Fact]
    public void A_million_tokens_take_about_what_was_seen_and_not_four_times_as_much()
    {
        var row = MemoryCases.Of("Qwen2.5 7B 1M Q4_K_M");
        var plan = PlanOf(row);
        var shape = plan.Shape with
        {
            Vocabulary = 152_064,
            EmbeddingLength = 3584,
            FeedForwardLength = 18_944,
            OutputBytes = (long)(4.36 * 1024 * MiB),
        };

        var need = (plan with { Shape = shape }).NeedBytes / (double)MiB;

        Assert.InRange(need, row.TotalMib!.Value, row.TotalMib.Value * 1.12);
    }

    [Theory]
    [InlineData("f32", 32 * 4)]
    [InlineData("f16", 32 * 2)]
    [InlineData("bf16", 32 * 2)]
    [InlineData("q8_0", 34)]
    [InlineData("q5_1", 24)]
    [InlineData("q5_0", 22)]
    [InlineData("q4_1", 20)]
    [InlineData("q4_0", 18)]
    public void A_cache_stores_32_numbers_in_so_many_bytes(string type, int bytes)
    {
        var found = CacheType.Find(type)!;

        Assert.Equal((type, bytes, 2 * bytes), (found.Name, found.Bytes(32), found.Bytes(64)));
        Assert.Equal(8, CacheType.All.Count);
        Assert.Null(CacheType.Find("q4_k"));
    }

    [Theory]
    [InlineData(1, 256)]
    [InlineData(256, 256)]
    [InlineData(32_848, 33_024)]
    public void Cells_come_in_multiples_of_256(int length, long cells)
    {
        var plan = new ContextPlan(Shape([new LayerShape(2, 64, 64)]), new ContextSettings(length, 3));

        Assert.Equal(cells, plan.Cells);
        Assert.Equal(3 * cells * 2 * 128 * 2, plan.CacheBytes);
    }

    [Theory]
    [InlineData(256, 4, 256)]
    [InlineData(1024, 4, 768)]
    [InlineData(32_768, 1, 768)]
    public void A_window_has_room_for_a_step_beside_it(int length, int sequences, long cells)
    {
        var plan = new ContextPlan(Shape([new LayerShape(1, 64, 64) { Window = 16 }]), new ContextSettings(length, sequences));

        Assert.Equal(sequences * cells * 256, plan.CacheBytes);
    }

    [Fact]
    public void A_context_is_no_longer_than_the_model_was_trained_on()
    {
        var plan = new ContextPlan(Shape([new LayerShape(1, 64, 64)]) with { ContextLength = 2048 }, new ContextSettings(8192));

        Assert.Equal(2048, plan.ContextLength);
        Assert.Equal(2048, plan.Cells);
    }

    [Fact]
    public void Values_that_lie_transposed_are_as_wide_as_the_widest()
    {
        var shape = Shape([new LayerShape(1, 64, 64), new LayerShape(4, 64, 64)]);
        var plan = new ContextPlan(shape, new ContextSettings(256) { FlashAttention = true });

        Assert.Equal(256 * 2 * (128 + 512), plan.CacheBytes);
        Assert.Equal(256 * 2 * (64 + 256 + 512), (plan with { Settings = plan.Settings with { FlashAttention = false } }).CacheBytes);
    }

    [Fact]
    public void A_state_takes_the_same_however_long_the_context_is()
    {
        var shape = Shape([new LayerShape(0, 0, 0) { StateBytes = 1000 }, new LayerShape(0, 0, 0) { StateBytes = 1000 }]);

        Assert.All(
            new[] { 256, 100_000 },
            length =>
            {
                var plan = new ContextPlan(shape, new ContextSettings(length, 5));
                Assert.Equal((0, 10_000, 0), (plan.CacheBytes, plan.StateBytes, plan.AttentionBytes));
            }
        );
    }

    private static ContextPlan PlanOf(MemoryCases.Row row)
    {
        var full = new LayerShape(row.HeadsKv, row.KeyLength, row.ValueLength);
        IEnumerable<LayerShape> layers =
        [
            .. Enumerable.Repeat(full, row.Layers + row.LayersFull),
            .. Enumerable.Repeat(full with { Window = row.Window }, row.LayersWindow),
            .. Enumerable.Repeat(new LayerShape(0, 0, 0), row.LayersRecurrent),
        ];
        var settings = new ContextSettings(row.N) { Keys = CacheType.Find(row.K)!, Values = CacheType.Find(row.V)! };
        return new ContextPlan(Shape([.. layers]), settings);
    }

    private static ModelShape Shape(IReadOnlyList<LayerShape> layers, int heads = 8) =>
        new()
        {
            Architecture = "llama",
            ContextLength = 1 << 20,
            EmbeddingLength = 64 * heads,
            HeadLength = 64,
            Heads = heads,
            Layers = layers,
        };
}
