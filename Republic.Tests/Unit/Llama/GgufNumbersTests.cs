using System.Runtime.InteropServices;
using Republic.Core.Llama.Gguf;
using Republic.Tests.Unit.Lora;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama;

public sealed class GgufNumbersTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("F16")]
    [InlineData("BF16")]
    [InlineData("Q8_0")]
    public void Numbers_are_stored_in_the_very_bytes_that_llama_cpp_writes(string type)
    {
        var model = TinyModels.Write(folder.FullName, TinyModelShape.Llama);
        var converted = QuantizedModel.Write(model, type);

        foreach (var name in new[] { "blk.0.attn_q.weight", "blk.1.ffn_down.weight" })
        {
            var (_, numbers) = Bytes(model, name);
            var (theirs, expected) = Bytes(converted, name);
            Assert.Equal(type, theirs.Name);
            Assert.Equal(expected, GgufNumbers.Encode(theirs, MemoryMarshal.Cast<byte, float>(numbers)));
        }
    }

    [Fact]
    public void Numbers_at_the_edges_are_stored_as_the_nearest()
    {
        float[] numbers = [.. new[] { 0f, -0f, 1f, -1f, 1.00390625f, 1.01171875f }.Concat(new float[26])];

        var bf16 = MemoryMarshal.Cast<byte, ushort>(GgufNumbers.Encode(GgufType.Bf16, numbers)).ToArray();
        var q8 = GgufNumbers.Encode(GgufType.Q8Zero, new float[32]);

        // Halfway between two: to the one whose last bit is 0.
        Assert.Equal([0, 0x8000, 0x3F80, 0xBF80, 0x3F80, 0x3F82], bf16[..6].Select(bits => (int)bits));
        Assert.All(q8, value => Assert.Equal(0, value));
        Assert.Throws<ArgumentException>(() => GgufNumbers.Encode(GgufType.Find("Q4_0")!, numbers));
    }

    private static (GgufType Type, byte[] Bytes) Bytes(string path, string tensor)
    {
        var file = GgufReader.Read(path);
        var found = file.Tensors.Single(one => one.Name == tensor);
        var bytes = File.ReadAllBytes(path).AsSpan((int)(file.DataStart + found.Offset), (int)found.Bytes);
        return (found.Type, bytes.ToArray());
    }
}
