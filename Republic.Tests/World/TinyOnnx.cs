using System.Globalization;
using System.Runtime.InteropServices;
using Republic.MiniLm;

namespace Republic.Tests.World;

/// <summary>
/// An ONNX file as PyTorch exports a BERT, with one layer: what is multiplied with a matrix goes by rows, and the matrix is called by a number.
/// </summary>
internal static class TinyOnnx
{
    /// <summary>The name of the first matrix, that of the queries; the next one is called by the next number.</summary>
    public const int FirstMatrix = 901;

    public const int Tokens = 8;

    private const int Node = 1;
    private const int Initializer = 5;
    private const int Graph = 7;

    public static BertShape Shape { get; } = new(Layers: 1, Width: 32, FeedForward: 64, Heads: 4, Context: 16);

    public static ReadOnlySpan<byte> Vocabulary => "[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\n[MASK]\r\nrepublic\r\n##s\r\n[\r\n"u8;

    /// <param name="without">The name of a tensor that is not there.</param>
    public static byte[] Write(string? without = null)
    {
        var graph = new ProtoBytes();
        var matrix = FirstMatrix;
        Add("embeddings.word_embeddings.weight", Tokens, Shape.Width);
        Add("embeddings.position_embeddings.weight", Shape.Context, Shape.Width);
        Add("embeddings.token_type_embeddings.weight", 2, Shape.Width);
        Norm("embeddings.LayerNorm");
        foreach (var projection in new[] { "self.query", "self.key", "self.value", "output.dense" })
        {
            Dense("encoder.layer.0.attention." + projection, Shape.Width, Shape.Width);
        }

        Norm("encoder.layer.0.attention.output.LayerNorm");
        Dense("encoder.layer.0.intermediate.dense", Shape.Width, Shape.FeedForward);
        Dense("encoder.layer.0.output.dense", Shape.FeedForward, Shape.Width);
        Norm("encoder.layer.0.output.LayerNorm");
        return new ProtoBytes().Number(1, 7).Text(2, "pytorch").Bytes(Graph, graph.ToArray()).ToArray();

        void Add(string name, params long[] shape)
        {
            if (name != without)
            {
                graph.Bytes(Initializer, Tensor(name, shape));
            }
        }

        void Norm(string name)
        {
            Add(name + ".weight", Shape.Width);
            Add(name + ".bias", Shape.Width);
        }

        void Dense(string name, int inputs, int outputs)
        {
            var weight = matrix++.ToString(CultureInfo.InvariantCulture);
            Add(name + ".bias", outputs);
            Add(weight, inputs, outputs);
            graph.Bytes(Node, Operation("MatMul", ["hidden", weight], weight + ".product"));
            graph.Bytes(Node, Operation("Add", [name + ".bias", weight + ".product"], name));
        }
    }

    /// <summary>The numbers of each tensor, of whatever name: from -1 to 1, and no two neighbours alike.</summary>
    public static float NumberAt(int index) => ((index * 37 % 101) - 50) / 50f;

    private static byte[] Tensor(string name, long[] shape)
    {
        var tensor = new ProtoBytes();
        foreach (var length in shape)
        {
            tensor.Number(1, (ulong)length);
        }

        float[] numbers = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, length) => product * length)).Select(NumberAt)];
        return tensor.Number(2, 1).Text(8, name).Bytes(9, MemoryMarshal.AsBytes<float>(numbers)).ToArray();
    }

    private static byte[] Operation(string type, string[] inputs, string output)
    {
        var node = new ProtoBytes();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        return node.Text(2, output).Text(4, type).ToArray();
    }
}
