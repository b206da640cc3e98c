using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Native;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama;

public sealed class GgufWriterTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    private string FilePath => Path.Combine(folder.FullName, "a.gguf");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void What_is_written_is_read_back()
    {
        var writer = new GgufWriter();
        writer.Set("u8", (byte)200);
        writer.Set("i8", (sbyte)-100);
        writer.Set("u16", (ushort)60_000);
        writer.Set("i16", (short)-30_000);
        writer.Set("u32", 4_000_000_000u);
        writer.Set("i32", -2_000_000_000);
        writer.Set("f32", 0.1f);
        writer.Set("yes", true);
        writer.Set("text", "Grüße, 🦉");
        writer.Set("u64", 1UL << 40);
        writer.Set("i64", -(1L << 40));
        writer.Set("f64", Math.PI);
        writer.Set("texts", new[] { "a", "", "ж" });
        writer.Set("numbers", new[] { 3, -1 });

        writer.Save(FilePath);
        var read = GgufReader.Read(FilePath);

        object[] expected = [200L, -100L, 60_000L, -30_000L, 4_000_000_000L, -2_000_000_000L, (double)0.1f, true, "Grüße, 🦉"];
        Assert.Equal(expected, read.Values.Values.Take(expected.Length));
        Assert.Equal((1L << 40, -(1L << 40)), (read.Number("u64"), read.Number("i64")));
        Assert.Equal(new GgufDouble(Math.PI), read.Values["f64"]);
        Assert.Equal((8, 3L), (((GgufArray)read.Values["texts"]).ElementType, ((GgufArray)read.Values["texts"]).Count));
        Assert.Equal([3L, -1L], ((GgufArray)read.Values["numbers"]).Numbers);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Each_tensor_lies_at_a_multiple_of_the_alignment(int alignment)
    {
        var writer = new GgufWriter(alignment);
        writer.Add("one", new[] { 1f }, 1);
        writer.Add("many", Enumerable.Range(0, 33).Select(i => (float)i).ToArray(), 11, 3);
        writer.Add("blocks", GgufType.Q8Zero, [32, 2], stream => stream.Write(new byte[68]));

        writer.Save(FilePath);
        var read = GgufReader.Read(FilePath);

        Assert.Equal(alignment, read.Alignment);
        Assert.All(read.Tensors, tensor => Assert.Equal(0, (read.DataStart + tensor.Offset) % alignment));
        Assert.Equal([11, 3], read.Tensors[1].Shape);
        Assert.Equal(0, read.FileBytes % alignment);
        var bytes = File.ReadAllBytes(FilePath);
        Assert.Equal(32f, BitConverter.ToSingle(bytes, (int)(read.DataStart + read.Tensors[1].Offset) + (32 * 4)));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file()
    {
        File.WriteAllText(FilePath, "old");
        var writer = new GgufWriter();
        writer.Add("x", GgufType.F32, [4], _ => throw new IOException("No space left on device"));

        Assert.Throws<IOException>(() => writer.Save(FilePath));

        Assert.Equal("old", File.ReadAllText(FilePath));
        Assert.Single(folder.GetFiles());
    }

    [Fact]
    public void What_llama_cpp_could_not_read_is_refused_while_writing()
    {
        var writer = new GgufWriter();
        writer.Set("key", 1u);
        writer.Add("x", new[] { 1f }, 1);
        writer.Add("short", GgufType.F32, [4], stream => stream.Write(new byte[12]));

        Assert.Throws<ArgumentException>(() => writer.Set("key", 2u));
        Assert.Throws<ArgumentException>(() => writer.Set("date", DateOnly.MinValue));
        Assert.Throws<ArgumentException>(() => writer.Add("x", new[] { 1f }, 1));
        Assert.Throws<ArgumentException>(() => writer.Add("y", new[] { 1f, 2f }, 3));
        Assert.Throws<ArgumentException>(() => writer.Add("z", GgufType.Q8Zero, [16], _ => { }));
        Assert.Contains("has 16 bytes, and 12", Assert.Throws<InvalidOperationException>(() => writer.Save(FilePath)).Message);
    }

    [Theory]
    [InlineData("llama", false, false, "F32")]
    [InlineData("llama", true, true, "BF16")]
    [InlineData("llama", true, false, "Q8_0")]
    [InlineData("qwen2", true, false, "F16")]
    public void Llama_cpp_loads_a_model_that_was_written_here(string architecture, bool tied, bool ropeFreqs, string type)
    {
        var shape = new TinyModelShape(architecture, Tied: tied, RopeFreqs: ropeFreqs, Type: type);

        var path = TinyModels.Write(folder.FullName, shape);
        var facts = GgufCheck.Check(path);
        using var model = LlamaModel.Load(path);

        Assert.Equal((architecture, shape.Layers, shape.Width), (facts.Architecture, facts.Layers, facts.EmbeddingLength));
        Assert.Equal((TinyModels.Vocabulary, shape.ContextLength), (model.VocabularySize, model.ContextLength));
        Assert.Equal(4, model.Tokenize(" the ж").Length); // one merged word, a space, two bytes
        Assert.True(model.EndsGeneration(model.Tokenize("<|im_end|>").Single()));
    }
}
