using System.Text;
using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Memory;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama;

public sealed class GgufCheckTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.gguf");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void The_built_in_model_is_what_its_header_says()
    {
        var facts = GgufCheck.Check(GgufMutations.SproutPath);

        Assert.Equal(("llama", 5, 256, 2048), (facts.Architecture, facts.Layers, facts.EmbeddingLength, facts.ContextLength));
        Assert.Equal((4, 2L, 64L), (facts.Heads, facts.HeadsOfKeys, facts.KeyLength));
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused_and_told_so()
    {
        for (var cut = 0; cut < 40; cut++)
        {
            // Half of the cuts inside the header, half inside the weights, the last one byte before the end.
            var length =
                cut < 20
                    ? GgufMutations.HeaderLength * cut / 20
                    : GgufMutations.HeaderLength + (int)((GgufMutations.Sprout.Length - 1L - GgufMutations.HeaderLength) * (cut - 19) / 20);
            var refusal = Refusal(GgufMutations.Sprout[..length]);
            Assert.EndsWith(
                refusal.Contains("GGUF file", StringComparison.Ordinal) ? "llama.cpp." : "another one.",
                refusal,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void A_renamed_text_file_is_no_GGUF()
    {
        Assert.Contains("not a GGUF file", Refusal(Encoding.UTF8.GetBytes(new string('x', 5000))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    public void An_unknown_version_is_named(byte version)
    {
        var bytes = GgufMutations.Sprout.ToArray();
        bytes[4] = version;

        Assert.Contains($"version {version};", Refusal(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llama.block_count", 0u, "block_count is 0")]
    [InlineData("llama.block_count", 4_000_000_000u, "block_count is 4000000000")]
    [InlineData("llama.block_count", 7u, "promises 7 layers and the file holds 5")]
    [InlineData("llama.attention.head_count", 0u, "no attention heads")]
    [InlineData("llama.attention.head_count", 7u, "cannot be divided among 7 heads")]
    [InlineData("llama.attention.head_count_kv", 3u, "cannot share 3 heads")]
    [InlineData("llama.attention.head_count_kv", 0u, "cannot share 0 heads")]
    [InlineData("llama.embedding_length", 512u, "should be 512 x 1792")]
    [InlineData("llama.rope.dimension_count", 33u, "cannot be rotated")]
    [InlineData("llama.context_length", 0u, "context_length is 0")]
    [InlineData("llama.attention.layer_norm_rms_epsilon", 0x7FC00000u, "is not a small number")]
    public void A_header_that_would_end_the_library_is_refused_by_name(string key, uint value, string expected)
    {
        var bytes = GgufMutations.Sprout.ToArray();
        var name = Encoding.UTF8.GetBytes(key);
        // The key is followed by the value's type; longer keys may begin with it.
        byte type = key.EndsWith("epsilon", StringComparison.Ordinal) ? (byte)6 : (byte)4;
        byte[] keyAndType = [.. name, type, 0, 0, 0];
        var at = bytes.AsSpan().IndexOf(keyAndType);
        BitConverter.TryWriteBytes(bytes.AsSpan(at + name.Length + 4), value);

        Assert.Contains(expected, Refusal(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_norm_of_quantised_numbers_is_refused_because_it_would_end_the_library()
    {
        var bytes = GgufMutations.Sprout.ToArray();
        var name = "output_norm.weight"u8;
        bytes[bytes.AsSpan().IndexOf(name) + name.Length + 4 + 8] = 2;

        Assert.Contains("output_norm.weight are stored as Q4_0", Refusal(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Four_hundred_mutations_are_refused_or_understood()
    {
        var refused = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            File.WriteAllBytes(path, GgufMutations.Make(seed));
            try
            {
                var facts = GgufCheck.Check(path);
                // What is let through keeps to sizes that can be allocated; the child shows that loading it harms nobody.
                Assert.InRange(facts.Layers, 1, 512);
                var plan = new ContextPlan(ModelShape.Of(GgufReader.Read(path)), new ContextSettings(4096));
                Assert.InRange(plan.CacheBytes, 0, 1L << 40);
            }
            catch (GgufException e)
            {
                refused++;
                Assert.Matches("\\. (The file is damaged|Take a GGUF|Choose the model|Merge)", e.Message);
            }
        }

        Assert.InRange(refused, 200, 399);
    }

    private string Refusal(byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        return Assert.Throws<GgufException>(() => GgufCheck.Check(path)).Message;
    }
}
