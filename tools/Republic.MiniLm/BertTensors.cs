using System.Runtime.InteropServices;
using Republic.Core.Llama.Gguf;
using Republic.MiniLm.Onnx;

namespace Republic.MiniLm;

/// <summary>
/// Writes the weights of a BERT that PyTorch exported under the names, and in the order of numbers, that llama.cpp wants: matrices and the
/// table of tokens as Q8_0, all else as it is.
/// </summary>
internal sealed class BertTensors(OnnxModel model, BertShape shape, GgufWriter writer)
{
    private const int TokenTypes = 2;

    /// <exception cref="InvalidDataException">A tensor is missing, or of another shape.</exception>
    public void Add(int vocabulary)
    {
        AddMatrix("token_embd", model.Tensor("embeddings.word_embeddings.weight").Floats(vocabulary, shape.Width), shape.Width);
        AddPlain("position_embd.weight", "embeddings.position_embeddings.weight", shape.Context, shape.Width);
        AddPlain("token_types.weight", "embeddings.token_type_embeddings.weight", TokenTypes, shape.Width);
        AddNorm("token_embd_norm", "embeddings.LayerNorm");
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            AddLayer($"blk.{layer}.", $"encoder.layer.{layer}.");
        }
    }

    private void AddLayer(string to, string from)
    {
        AddDense(to + "attn_q", from + "attention.self.query", shape.Width, shape.Width);
        AddDense(to + "attn_k", from + "attention.self.key", shape.Width, shape.Width);
        AddDense(to + "attn_v", from + "attention.self.value", shape.Width, shape.Width);
        AddDense(to + "attn_output", from + "attention.output.dense", shape.Width, shape.Width);
        AddNorm(to + "attn_output_norm", from + "attention.output.LayerNorm");
        AddDense(to + "ffn_up", from + "intermediate.dense", shape.Width, shape.FeedForward);
        AddDense(to + "ffn_down", from + "output.dense", shape.FeedForward, shape.Width);
        AddNorm(to + "layer_output_norm", from + "output.LayerNorm");
    }

    private void AddDense(string to, string from, int inputs, int outputs)
    {
        AddMatrix(to, Transposed(model.MatrixBefore(from + ".bias").Floats(inputs, outputs).Span, outputs), inputs);
        AddPlain(to + ".bias", from + ".bias", outputs);
    }

    private void AddNorm(string to, string from)
    {
        AddPlain(to + ".weight", from + ".weight", shape.Width);
        AddPlain(to + ".bias", from + ".bias", shape.Width);
    }

    private void AddMatrix(string to, ReadOnlyMemory<byte> floats, int inputs)
    {
        var outputs = floats.Length / sizeof(float) / inputs;
        writer.Add(
            to + ".weight",
            GgufType.Q8Zero,
            [inputs, outputs],
            stream => stream.Write(GgufNumbers.Encode(GgufType.Q8Zero, MemoryMarshal.Cast<byte, float>(floats.Span)))
        );
    }

    private void AddPlain(string to, string from, params IReadOnlyList<long> lengths)
    {
        var floats = model.Tensor(from).Floats(lengths);
        writer.Add(to, GgufType.F32, [.. lengths.Reverse()], stream => stream.Write(floats.Span));
    }

    private static byte[] Transposed(ReadOnlySpan<byte> floats, int columns)
    {
        var bytes = new byte[floats.Length];
        var from = MemoryMarshal.Cast<byte, float>(floats);
        var to = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        var rows = from.Length / columns;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                to[(column * rows) + row] = from[(row * columns) + column];
            }
        }

        return bytes;
    }
}
