using Republic.Core.Llama.Gguf;

namespace Republic.Tests.World;

/// <summary>
/// Makes a model that says the alphabet over and over. Its next token depends on the last one alone, and by a wide margin: neither rounding nor
/// the batch in which a prompt is read changes an answer.
/// </summary>
public static class AlphabetModel
{
    private const int FirstByte = 3;

    private static readonly TinyModelShape Shape = TinyModelShape.Llama with
    {
        Width = TinyModels.Vocabulary,
        Layers = 1,
        ContextLength = 2048,
    };

    /// <summary>Writes the model into <paramref name="folder"/> and gives its path.</summary>
    public static string Write(string folder, string name = "alphabet")
    {
        var path = Path.Combine(folder, name + ".gguf");
        var writer = new GgufWriter();
        TinyModels.SetShape(writer, Shape, name);
        TinyModels.SetVocabulary(writer, Shape);
        var (width, keys, queries) = (Shape.Width, Shape.HeadLength * Shape.HeadsOfKeys, Shape.HeadLength * Shape.Heads);
        Add(writer, "token_embd.weight", width, width, (token, at) => token == at);
        Ones(writer, "blk.0.attn_norm.weight");
        Add(writer, "blk.0.attn_q.weight", width, queries);
        Add(writer, "blk.0.attn_k.weight", width, keys);
        Add(writer, "blk.0.attn_v.weight", width, keys);
        Add(writer, "blk.0.attn_output.weight", queries, width);
        Ones(writer, "blk.0.ffn_norm.weight");
        Add(writer, "blk.0.ffn_gate.weight", width, Shape.FeedForward);
        Add(writer, "blk.0.ffn_up.weight", width, Shape.FeedForward);
        Add(writer, "blk.0.ffn_down.weight", Shape.FeedForward, width);
        Ones(writer, "output_norm.weight");
        Add(writer, "output.weight", width, width, Follows);
        writer.Save(path);
        return path;
    }

    /// <summary>After the last letter, and after all that is none, comes the first.</summary>
    private static bool Follows(int token, int last) =>
        last is >= FirstByte + 'a' and < FirstByte + 'z' ? token == last + 1 : token == FirstByte + 'a';

    private static void Ones(GgufWriter writer, string name) => writer.Add(name, Enumerable.Repeat(1f, Shape.Width).ToArray(), Shape.Width);

    /// <param name="isOne">Whether the number from an input to an output is 1; null where all are 0.</param>
    private static void Add(GgufWriter writer, string name, int inputs, int outputs, Func<int, int, bool>? isOne = null)
    {
        var numbers = new float[inputs * outputs];
        for (var at = 0; at < numbers.Length && isOne is not null; at++)
        {
            numbers[at] = isOne(at / inputs, at % inputs) ? 1 : 0;
        }

        var type = GgufType.Find("F32")!;
        var bytes = GgufNumbers.Encode(type, numbers);
        writer.Add(name, type, [inputs, outputs], stream => stream.Write(bytes));
    }
}
