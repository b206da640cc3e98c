using Republic.Core.Llama.Gguf;
using Republic.Core.Lora.Adapters;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

public sealed class AdapterFileTests : IDisposable
{
    private static readonly AdapterFacts Facts = new(
        "llama",
        "pirate",
        "tiny",
        new string('a', 64),
        Rank: 4,
        Alpha: 8,
        ["q", "down"],
        Steps: 17,
        LossBefore: 2.5,
        LossAfter: 1.25,
        Strength: 0.85
    );
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    private string AdapterPath => Path.Combine(folder.FullName, "pirate.gguf");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void An_adapter_says_what_it_was_told_and_the_same_input_gives_the_same_bytes()
    {
        AdapterFile.Write(AdapterPath, Facts, Tensors());
        var first = File.ReadAllBytes(AdapterPath);
        AdapterFile.Write(AdapterPath, Facts, Tensors());

        var read = AdapterFile.Read(AdapterPath);

        Assert.Equal(Facts with { Modules = [] }, read with { Modules = [] });
        Assert.Equal(Facts.Modules, read.Modules);
        Assert.Equal(first, File.ReadAllBytes(AdapterPath));
    }

    [Fact]
    public void An_adapter_is_refused_on_another_base_and_the_refusal_says_what_to_do()
    {
        var refusal = Assert.Throws<GgufException>(() => Facts.RefuseAnotherBase(new string('b', 64), "sprout.gguf"));

        Assert.Equal(
            "The adapter pirate was trained on tiny (SHA-256 aaaaaaaaaaaa…), and sprout.gguf is another file (bbbbbbbbbbbb…). "
                + "Use it with the model file it was trained on, or train it again on this one.",
            refusal.Message
        );
        Facts.RefuseAnotherBase(new string('A', 64), "tiny.gguf");
    }

    [Fact]
    public void A_model_is_no_adapter()
    {
        var refusal = Assert.Throws<GgufException>(() => AdapterFile.Read(TinyModels.Write(folder.FullName, TinyModelShape.Llama)));

        Assert.StartsWith("The file is no LoRA adapter.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_of_a_file_is_that_of_its_bytes()
    {
        File.WriteAllText(AdapterPath, "abc");

        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", GgufHash.Of(AdapterPath));
    }

    private static List<AdapterTensor> Tensors() =>
        [
            new("blk.0.attn_q.weight.lora_a", 64, 4, new float[256]),
            new("blk.0.attn_q.weight.lora_b", 4, 64, new float[256]),
            new("blk.1.ffn_down.weight.lora_a", 96, 4, new float[384]),
            new("blk.1.ffn_down.weight.lora_b", 4, 64, new float[256]),
        ];
}
