using System.Globalization;
using Republic.Core;
using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Native;
using Republic.MiniLm;
using Republic.Tests.World;

namespace Republic.Tests.Unit.MiniLm;

/// <summary>An ONNX file and a vocabulary become a model for llama.cpp.</summary>
public sealed class ConversionTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    private string FilePath => Path.Combine(folder.FullName, "tiny.gguf");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Llama_cpp_loads_what_comes_out_and_cuts_words_by_its_vocabulary()
    {
        MiniLmFile.Converted(TinyOnnx.Write(), TinyOnnx.Vocabulary, TinyOnnx.Shape).Save(FilePath);

        var facts = GgufCheck.Check(FilePath);
        using var model = LlamaModel.Load(FilePath);

        Assert.Equal(("bert", 1, 32, 16, 4), (facts.Architecture, facts.Layers, facts.EmbeddingLength, facts.ContextLength, facts.Heads));
        Assert.Equal(TinyOnnx.Tokens, model.VocabularySize);
        Assert.Equal([2, 5, 6, 7, 1, 3], model.Tokenize("Républics [ ж").ToArray());
    }

    [Fact]
    public void Matrices_are_turned_round_and_stored_in_8_bits_and_all_else_as_it_is()
    {
        MiniLmFile.Converted(TinyOnnx.Write(), TinyOnnx.Vocabulary, TinyOnnx.Shape).Save(FilePath);
        var file = GgufReader.Read(FilePath);

        Assert.Equal(
            ["attn_k", "attn_output", "attn_q", "attn_v", "ffn_down", "ffn_up", "token_embd"],
            file.Tensors.Where(tensor => tensor.Type == GgufType.Q8Zero)
                .Select(tensor => tensor.Name.Split('.')[^2])
                .Order(StringComparer.Ordinal)
        );
        Assert.All(file.Tensors, tensor => Assert.True(tensor.Type == GgufType.Q8Zero || tensor.Type == GgufType.F32));
        var (inputs, outputs) = (TinyOnnx.Shape.Width, TinyOnnx.Shape.FeedForward);
        AssertHolds("blk.0.ffn_up.weight", outputs, inputs, (row, column) => TinyOnnx.NumberAt((column * outputs) + row));
        AssertHolds("token_embd.weight", TinyOnnx.Tokens, inputs, (row, column) => TinyOnnx.NumberAt((row * inputs) + column));
        var bias = BytesOf("blk.0.ffn_up.bias");
        Assert.Equal(
            Enumerable.Range(0, outputs).Select(TinyOnnx.NumberAt),
            Enumerable.Range(0, outputs).Select(i => BitConverter.ToSingle(bias, i * 4))
        );

        void AssertHolds(string name, int rows, int columns, Func<int, int, float> expected)
        {
            Assert.Equal([columns, rows], file.Tensors.Single(tensor => tensor.Name == name).Shape);
            var blocks = BytesOf(name);
            for (var i = 0; i < rows * columns; i++)
            {
                var block = blocks.AsSpan(i / 32 * 34, 34);
                var number = (float)BitConverter.ToHalf(block) * (sbyte)block[2 + (i % 32)];
                Assert.Equal(expected(i / columns, i % columns), number, 0.006f);
            }
        }

        byte[] BytesOf(string name)
        {
            var tensor = file.Tensors.Single(tensor => tensor.Name == name);
            return File.ReadAllBytes(FilePath).AsSpan((int)(file.DataStart + tensor.Offset), (int)tensor.Bytes).ToArray();
        }
    }

    [Fact]
    public void The_same_bytes_come_out_each_time() => Assert.Equal(Bytes(TinyOnnx.Write()), Bytes(TinyOnnx.Write()));

    [Theory]
    [InlineData("embeddings.word_embeddings.weight", "no tensor embeddings.word_embeddings.weight")]
    [InlineData("embeddings.position_embeddings.weight", "no tensor embeddings.position_embeddings.weight")]
    [InlineData("encoder.layer.0.output.LayerNorm.bias", "no tensor encoder.layer.0.output.LayerNorm.bias")]
    [InlineData("encoder.layer.0.attention.self.query.bias", "no tensor encoder.layer.0.attention.self.query.bias")]
    [InlineData("901", "no matrix before encoder.layer.0.attention.self.query.bias")]
    [InlineData("906", "no matrix before encoder.layer.0.output.dense.bias")]
    public void A_tensor_that_is_missing_is_named(string name, string expected)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => Bytes(TinyOnnx.Write(without: name)));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_another_shape_is_refused_with_both_shapes()
    {
        var refusal = Assert.Throws<InvalidDataException>(() =>
            MiniLmFile.Converted(TinyOnnx.Write(), TinyOnnx.Vocabulary, TinyOnnx.Shape with { FeedForward = 128 })
        );

        Assert.Contains("is 32 x 64 and should be 32 x 128", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("This is a letter to nobody.")]
    [InlineData("GGUF\u0003\0\0\0")]
    [InlineData("PK\u0003\u0004 an archive")]
    public void A_file_of_another_kind_is_refused(string text)
    {
        Assert.Throws<InvalidDataException>(() => Bytes(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void A_file_that_is_cut_off_is_refused_wherever_it_ends()
    {
        var whole = TinyOnnx.Write();

        for (var length = 0; length < whole.Length; length += 1 + (whole.Length / 300))
        {
            Assert.Throws<InvalidDataException>(() => Bytes(whole[..length]));
        }
    }

    [Fact]
    public void A_file_with_a_wrong_byte_is_converted_or_refused_and_nothing_else()
    {
        var whole = TinyOnnx.Write();
        var random = new SeededRandom(3);
        var refused = 0;

        for (var i = 0; i < 300; i++)
        {
            var damaged = whole.ToArray();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Bytes(damaged);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.True(refused > 0, string.Create(CultureInfo.InvariantCulture, $"{refused} of 300 were refused."));
    }

    private static byte[] Bytes(byte[] onnx)
    {
        using var stream = new MemoryStream();
        MiniLmFile.Converted(onnx, TinyOnnx.Vocabulary, TinyOnnx.Shape).WriteTo(stream);
        return stream.ToArray();
    }
}
