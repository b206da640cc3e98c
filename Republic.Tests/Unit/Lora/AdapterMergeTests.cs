using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Checks;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

public sealed class AdapterMergeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Out => Path.Combine(folder.FullName, "merged.gguf");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("F32", null, "F32", 1e-4)]
    [InlineData("F32", "f16", "F16", 1e-3)]
    [InlineData("F16", null, "F16", 1e-3)]
    [InlineData("BF16", null, "BF16", 5e-3)]
    [InlineData("F32", "q8_0", "Q8_0", 1e-2)]
    [InlineData("Q8_0", "f32", "F32", 5e-3)]
    [InlineData("Q8_0", null, "Q8_0", 1e-2)]
    public void A_merged_model_answers_twenty_prompts_as_base_and_adapter_do(string from, string? asked, string becomes, double tolerance)
    {
        var model = TinyModels.Write(folder.FullName, TinyModelShape.Llama with { Type = from });
        var adapter = TinyAdapters.Write(folder.FullName, "odd", model, seed: 4);

        var result = AdapterMerge.Run(model, adapter, Out, asked, threads: 1, Ct);

        Assert.InRange(result.Difference, 0, tolerance);
        var bare = MergeCheck.Measure(model, adapter, model, threads: 1, Ct);
        Assert.True(bare.Difference > 10 * result.Difference, $"{bare.Difference} without the adapter, {result.Difference} merged");
        var merged = GgufReader.Read(Out);
        Assert.Equal(becomes, merged.Tensors.Single(tensor => tensor.Name == "blk.0.attn_q.weight").Type.Name);
        Assert.Equal(GgufReader.Read(model).Values.Keys, merged.Values.Keys);
        Assert.DoesNotContain(folder.GetFiles(), file => file.Extension is ".candidate" or ".unfinished");
    }

    [Theory]
    [InlineData("Q4_0")]
    [InlineData("Q4_K_M")]
    public void Weights_of_a_type_that_cannot_be_written_here_become_eight_bits(string type)
    {
        var shape = TinyModelShape.Llama with { Width = 256, FeedForward = 256 };
        var model = QuantizedModel.Write(TinyModels.Write(folder.FullName, shape), type);
        var adapter = TinyAdapters.Write(folder.FullName, "odd", model, seed: 4);

        var result = AdapterMerge.Run(model, adapter, Out, null, threads: 1, Ct);

        // Beside quantised weights llama.cpp rounds activations to 8 bits: even a merge in F32 differs by 0.006 to 0.008 here.
        var bare = MergeCheck.Measure(model, adapter, model, threads: 1, Ct);
        Assert.True(bare.Difference > 10 * result.Difference, $"{bare.Difference} without the adapter, {result.Difference} merged");
        var merged = GgufReader.Read(Out).Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Type);
        Assert.Equal(GgufType.Q8Zero, merged["blk.1.ffn_down.weight"]);
        Assert.NotEqual(GgufType.Q8Zero, merged["token_embd.weight"]);
    }

    [Fact]
    public void Without_the_change_the_file_is_the_base_byte_for_byte()
    {
        var model = TinyModels.Write(folder.FullName, TinyModelShape.Qwen2);
        var adapter = TinyAdapters.Write(folder.FullName, "none", model, 4, NoChange());

        AdapterMerge.Run(model, adapter, Out, null, threads: 1, Ct);

        Assert.Equal(File.ReadAllBytes(model), File.ReadAllBytes(Out));
    }

    [Fact]
    public void What_cannot_be_merged_is_refused()
    {
        var model = TinyModels.Write(folder.FullName, TinyModelShape.Llama);
        var other = TinyModels.Write(folder.FullName, TinyModelShape.Llama with { Seed = 2 }, "other");
        var adapter = TinyAdapters.Write(folder.FullName, "odd", model, seed: 4);

        Assert.Throws<GgufException>(() => AdapterMerge.Run(other, adapter, Out, null, 1, Ct));
        Assert.Throws<LoraException>(() => AdapterMerge.Run(model, adapter, Out, "q4_0", 1, Ct));
        Assert.Throws<LoraException>(() => MergeCheck.Require(new MergeResult(model, 2, 2, 0.1, 1)));
        Assert.Throws<LoraException>(() => MergeCheck.Require(new MergeResult(model, 2, 2, double.NaN, 1)));
        Assert.Throws<LoraException>(() => AdapterMerge.Run(model, adapter, model, null, 1, Ct));
        var nothing = TinyAdapters.Write(folder.FullName, "nothing", model, seed: 4, every: float.NaN);
        Assert.Contains("NaN", Assert.Throws<LoraException>(() => AdapterMerge.Run(model, nothing, Out, null, 1, Ct)).Message);
        var nowhere = Path.Combine(folder.FullName, "no", "merged.gguf");
        Assert.Throws<LoraException>(() => AdapterMerge.Run(model, adapter, nowhere, null, 1, Ct));
        Assert.False(File.Exists(Out));
        Assert.DoesNotContain(folder.GetFiles(), file => file.Extension is ".candidate" or ".unfinished");
    }

    [Theory]
    [InlineData(0.15f)]
    [InlineData(0.04f)]
    public void A_merge_that_lost_a_weak_adapter_is_refused(float alpha)
    {
        var model = TinyModels.Write(folder.FullName, TinyModelShape.Llama);
        var adapter = TinyAdapters.Write(folder.FullName, "weak", model, 4, AdapterFault.Key("adapter.lora.alpha", alpha));

        var lost = MergeCheck.Measure(model, adapter, model, threads: 1, Ct);

        Assert.InRange(lost.Difference, 1e-3, 2e-2);
        Assert.Contains("is lost in it", Assert.Throws<LoraException>(() => MergeCheck.Require(lost)).Message);
    }

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("BF16")]
    public void Answers_without_the_adapter_are_not_those_with_it(string type)
    {
        var model = TinyModels.Write(folder.FullName, TinyModelShape.Llama with { Type = type });
        var adapter = TinyAdapters.Write(folder.FullName, "odd", model, seed: 4);
        AdapterMerge.Run(model, adapter, Out, null, threads: 1, Ct);

        var merged = MergeCheck.WidestGap(model, adapter, Out, threads: 1, Ct);
        var lost = MergeCheck.WidestGap(model, adapter, model, threads: 1, Ct);

        MergeCheck.RequireAnswers(merged, type == "BF16");
        Assert.Throws<LoraException>(() => MergeCheck.RequireAnswers(lost, bf16: true));
    }

    /// <summary>An alpha so small that adding the change leaves every weight as it is; 0 would stand for no scaling at all.</summary>
    private static AdapterFault NoChange() => AdapterFault.Key("adapter.lora.alpha", 1e-30f);
}
