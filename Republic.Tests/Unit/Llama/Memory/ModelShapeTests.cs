using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Memory;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama.Memory;

/// <summary>What is read from headers, as llama.cpp reads it.</summary>
public sealed class ModelShapeTests
{
    [Fact]
    public void The_built_in_model_is_read_from_its_file()
    {
        var header = GgufReader.Read(GgufMutations.SproutPath);
        var shape = ModelShape.Of(header);

        Assert.True(shape.IsKnown);
        Assert.Equal(
            (2048, 256, 1792L, 4, 64),
            (shape.ContextLength, shape.EmbeddingLength, shape.Vocabulary, shape.Heads, shape.HeadLength)
        );
        Assert.Equal(
            [.. Enumerable.Repeat((2, 64, 64, 0L), 5)],
            shape.Layers.Select(layer => (layer.HeadsOfKeys, layer.KeyLength, layer.ValueLength, layer.Window))
        );
        Assert.Equal(header.Tensors.Sum(tensor => tensor.Bytes), shape.WeightBytes);
        // 2 lists (keys, values) of 2 heads of 64 numbers of 2 bytes, in 5 layers.
        Assert.Equal(2 * 2 * 64 * 2 * 5 * 2048, new ContextPlan(shape, new ContextSettings(2048)).CacheBytes);
    }

    [Theory]
    [InlineData("F16")]
    [InlineData("Q8_0")]
    [InlineData("Q6_K")]
    [InlineData("Q4_K_M")]
    public void The_weights_of_a_quantisation_are_summed_from_the_header(string quantisation)
    {
        var header = new ModelHeader("llama")
            .With("block_count", 32)
            .With("embedding_length", 4096)
            .Vocabulary(128_256)
            .Tensor("token_embd.weight", TypeOf(quantisation, -1, "token_embd"), 4096, 128_256)
            .Tensor("output_norm.weight", "F32", 4096)
            .Tensor("output.weight", TypeOf(quantisation, -1, "output"), 4096, 128_256);
        for (var layer = 0; layer < 32; layer++)
        {
            var sizes = new[] { ("attn_q", 4096, 4096), ("attn_k", 4096, 1024), ("attn_v", 4096, 1024), ("attn_output", 4096, 4096) };
            foreach (
                var (name, inputs, outputs) in sizes.Concat([
                    ("ffn_gate", 4096, 14_336),
                    ("ffn_up", 4096, 14_336),
                    ("ffn_down", 14_336, 4096),
                ])
            )
            {
                header.Tensor($"blk.{layer}.{name}.weight", TypeOf(quantisation, layer, name), inputs, outputs);
            }

            header.Tensor($"blk.{layer}.attn_norm.weight", "F32", 4096).Tensor($"blk.{layer}.ffn_norm.weight", "F32", 4096);
        }

        var shape = ModelShape.Of(header.File());

        Assert.Equal(MemoryCases.All.Llama8B[quantisation].GetDouble(), shape.WeightBytes / (double)(1 << 30), 0.006);
        Assert.Equal(0, shape.TiedBytes);
    }

    [Fact]
    public void The_embeddings_are_counted_once_more_where_they_are_the_output_too()
    {
        var shape = ModelShape.Of(
            new ModelHeader("llama").Tensor("token_embd.weight", "F32", 256, 1000).Tensor("output_norm.weight", "F32", 256).File()
        );

        Assert.Equal((256 * 1000 * 4, 256 * 1000 * 4, 1024), (shape.InputBytes, shape.TiedBytes, shape.OutputBytes));
    }

    [Theory]
    [InlineData("gemma2", 4, "w.w.")]
    [InlineData("gpt-oss", 4, "w.w.")]
    [InlineData("gemma3", 12, "wwwww.wwwww.")]
    [InlineData("cohere2", 8, "www.www.")]
    [InlineData("cohere2moe", 8, ".www.www")]
    [InlineData("smallthinker", 4, ".www")]
    [InlineData("llama4", 4, "www.")]
    [InlineData("olmo2", 4, "www.")]
    [InlineData("exaone4", 4, "....")]
    [InlineData("exaone4", 64, "www.www.www.www.www.www.www.www.www.www.www.www.www.www.www.www.")]
    [InlineData("lfm2", 4, "wwww")]
    [InlineData("gemma4", 4, "....")]
    [InlineData("phi3", 4, "....")]
    [InlineData("llama", 4, "....")]
    [InlineData("qwen2", 4, "....")]
    public void Layers_have_windows_in_the_pattern_of_their_architecture(string architecture, int layers, string expected)
    {
        var header = new ModelHeader(architecture).With("block_count", layers).With("attention.sliding_window", 512);

        Assert.Equal(expected, Pattern(ModelShape.Of(header.File())));
    }

    [Theory]
    [InlineData("gemma2", 4096)]
    [InlineData("llama4", 8192)]
    [InlineData("gemma3", 0)]
    [InlineData("gpt-oss", 0)]
    public void A_window_that_the_header_does_not_name_is_that_of_the_architecture(string architecture, long expected) =>
        Assert.Equal(expected, ModelShape.Of(new ModelHeader(architecture).File()).Layers[0].Window);

    [Theory]
    [InlineData("gemma3", 777, 777)]
    [InlineData("llama4", 777, 8192)]
    [InlineData("smallthinker", 777, 0)]
    [InlineData("llama4", 0, 0)]
    public void A_window_that_the_header_names_counts_unless_the_architecture_s_is_fixed(string architecture, int named, long expected) =>
        Assert.Equal(
            expected,
            ModelShape.Of(new ModelHeader(architecture).With("attention.sliding_window", named).File()).Layers[0].Window
        );

    [Fact]
    public void A_pattern_in_the_header_counts_before_the_architecture_s()
    {
        var header = new ModelHeader("gemma4").With("attention.sliding_window", 512);

        Assert.Equal(
            "w..w",
            Pattern(ModelShape.Of(header.With("attention.sliding_window_pattern", new[] { true, false, false, true }).File()))
        );
        Assert.Equal("..w.", Pattern(ModelShape.Of(header.With("attention.sliding_window_pattern", new[] { 0, 0, 1, 0 }).File())));
        Assert.Equal("w.w.", Pattern(ModelShape.Of(header.With("attention.sliding_window_pattern", 2).File())));
    }

    [Fact]
    public void Layers_with_a_window_may_have_shorter_keys_and_the_last_ones_none_of_their_own()
    {
        var header = new ModelHeader("gemma4")
            .With("attention.sliding_window", 512)
            .With("attention.sliding_window_pattern", new[] { true, true, true, false })
            .With("attention.key_length", 512)
            .With("attention.value_length", 512)
            .With("attention.key_length_swa", 256)
            .With("attention.value_length_swa", 256);

        Assert.Equal([256, 256, 256, 512], ModelShape.Of(header.File()).Layers.Select(layer => layer.KeyLength));
        Assert.Equal(
            [2, 2, 0, 0],
            ModelShape.Of(header.With("attention.shared_kv_layers", 2).File()).Layers.Select(layer => layer.HeadsOfKeys)
        );
        var fixedNumber = ModelShape.Of(new ModelHeader("gemma3n").With("block_count", 30).With("attention.sliding_window", 512).File());
        Assert.Equal(20, fixedNumber.Layers.Count(layer => layer.HeadsOfKeys > 0));
    }

    [Fact]
    public void Heads_are_summed_layer_by_layer()
    {
        var shape = ModelShape.Of(new ModelHeader("openelm").With("attention.head_count_kv", new[] { 1, 2, 4, 1 }).File());

        Assert.Equal([1, 2, 4, 1], shape.Layers.Select(layer => layer.HeadsOfKeys));
        Assert.Equal(8 * 32 * 2 * 2 * 256, new ContextPlan(shape, new ContextSettings(256) { FlashAttention = true }).CacheBytes);
    }

    [Fact]
    public void Latent_attention_caches_no_values()
    {
        var header = new ModelHeader("deepseek2")
            .With("attention.head_count", 128)
            .With("attention.head_count_kv", 1)
            .With("attention.key_length", 576)
            .With("attention.value_length", 512);

        Assert.Equal(512, ModelShape.Of(header.File()).Layers[0].ValueLength);
        var latent = ModelShape.Of(header.With("attention.key_length_mla", 192).With("attention.value_length_mla", 128).File());
        Assert.Equal((576, 0), (latent.Layers[0].KeyLength, latent.Layers[0].ValueLength));
        Assert.Equal(4 * 576 * 2, latent.Layers.Sum(layer => layer.CellBytes(CacheType.F16, CacheType.F16)));
    }

    [Fact]
    public void Layers_that_only_predict_further_tokens_cache_nothing()
    {
        var shape = ModelShape.Of(new ModelHeader("glm4moe").With("nextn_predict_layers", 1).File());

        Assert.Equal([2, 2, 2, 0], shape.Layers.Select(layer => layer.HeadsOfKeys));
    }

    [Theory]
    [InlineData("mamba", "ssss")]
    [InlineData("falcon-h1", "bbbb")]
    [InlineData("jamba", "saas")]
    [InlineData("granitehybrid", "saas")]
    [InlineData("nemotron_h", "saa-")]
    [InlineData("qwen35", "sssa")]
    [InlineData("qwen3next", "sssa")]
    [InlineData("llama", "aaaa")]
    public void Layers_attend_recur_or_do_both(string architecture, string expected)
    {
        var header = Recurrent(architecture);
        if (expected is "saas" or "saa-")
        {
            header.With("attention.head_count_kv", new[] { 0, 2, 2, 0 });
        }

        if (architecture == "nemotron_h")
        {
            header.With("feed_forward_length", new[] { 0, 0, 0, 512 });
        }

        var shape = ModelShape.Of(header.File());

        Assert.Equal(expected, string.Concat(shape.Layers.Select(Kind)));
        // 3 columns of 512 + 2 * 2 * 16 numbers to convolve over, and 16 * 512 that are carried on, of 4 bytes each.
        Assert.All(shape.Layers.Where(layer => layer.StateBytes > 0), layer => Assert.Equal(4 * ((3 * 576) + 8192), layer.StateBytes));
    }

    [Fact]
    public void A_list_of_recurrent_layers_or_an_interval_counts_before_the_architecture_s()
    {
        Assert.Equal("sasa", Kinds(Recurrent("qwen35").With("full_attention_interval", 2)));
        Assert.Equal("saas", Kinds(Recurrent("qwen35").With("attention.recurrent_layers", new[] { true, false, false, true })));
    }

    [Fact]
    public void States_of_other_kinds_take_what_llama_cpp_gives_them()
    {
        var rwkv = new ModelHeader("rwkv6").With("wkv.head_size", 64).With("attention.head_count", 0).File();
        var convolution = new ModelHeader("lfm2").With("shortconv.l_cache", 3).With("attention.head_count_kv", new[] { 0, 0, 2, 0 }).File();
        var delta = new ModelHeader("kimi-linear")
            .With("kda.head_dim", 128)
            .With("ssm.conv_kernel", 4)
            .With("attention.head_count_kv", new[] { 0, 0, 0, 8 })
            .File();

        Assert.Equal(4 * ((2 * 256) + (256 * 64)), ModelShape.Of(rwkv).Layers[0].StateBytes);
        Assert.Equal([4 * 2 * 256, 4 * 2 * 256, 0, 4 * 2 * 256], ModelShape.Of(convolution).Layers.Select(layer => layer.StateBytes));
        Assert.Equal(4 * 8 * 128 * ((3 * 3) + 128), ModelShape.Of(delta).Layers[0].StateBytes);
    }

    [Fact]
    public void Models_that_only_embed_cache_nothing()
    {
        var shape = ModelShape.Of(new ModelHeader("bert").File());

        Assert.Equal(0, new ContextPlan(shape, new ContextSettings(512)).CacheBytes);
    }

    [Fact]
    public void An_unknown_architecture_is_read_as_if_all_its_layers_attended_to_all_tokens()
    {
        var shape = ModelShape.Of(new ModelHeader("nobody-knows").With("attention.sliding_window", 16).File());

        Assert.False(shape.IsKnown);
        Assert.Equal("....", Pattern(shape));
        Assert.Equal([2, 2, 2, 2], shape.Layers.Select(layer => layer.HeadsOfKeys));
    }

    [Fact]
    public void Experts_that_work_on_one_token_together_count_as_one_wide_part()
    {
        var header = new ModelHeader("qwen3moe")
            .With("feed_forward_length", 6144)
            .With("expert_count", 128)
            .With("expert_used_count", 8)
            .With("expert_feed_forward_length", 768);

        Assert.Equal(8 * 768, ModelShape.Of(header.File()).FeedForwardLength);
    }

    private static ModelHeader Recurrent(string architecture) =>
        new ModelHeader(architecture)
            .With("ssm.conv_kernel", 4)
            .With("ssm.inner_size", 512)
            .With("ssm.state_size", 16)
            .With("ssm.group_count", 2)
            .With("ssm.time_step_rank", 8);

    private static string Pattern(ModelShape shape) => string.Concat(shape.Layers.Select(layer => layer.Window > 0 ? 'w' : '.'));

    private static string Kinds(ModelHeader header) => string.Concat(ModelShape.Of(header.File()).Layers.Select(Kind));

    private static char Kind(LayerShape layer) =>
        (layer.HeadsOfKeys > 0, layer.StateBytes > 0) switch
        {
            (true, true) => 'b',
            (true, false) => 'a',
            (false, true) => 's',
            _ => '-',
        };

    /// <summary>As llama.cpp's quantiser chooses: half of the values and down-projections of a mixture, and its output, have more bits.</summary>
    private static string TypeOf(string quantisation, int layer, string name) =>
        quantisation switch
        {
            "Q4_K_M" when name == "output" || (name is "attn_v" or "ffn_down" && (layer < 4 || layer >= 28 || (layer - 4) % 3 == 2)) =>
                "Q6_K",
            "Q4_K_M" => "Q4_K",
            _ => quantisation,
        };
}
