using Republic.Core.Llama.Gguf;

namespace Republic.Core.Llama.Files;

/// <summary>Reads and writes <see cref="ModelIntents"/> as GGUF: texts as lists of strings, the vectors as one matrix of Q8_0.</summary>
internal static class IntentFile
{
    private const string Utterances = "intents.utterances";
    private const string Answers = "intents.answers";
    private const string Talk = "intents.talk";
    private const string Vectors = "vectors";

    // Before an utterance that helps to find the intent only.
    private const char NotLearned = '-';

    public static void Save(ModelIntents intents, string path)
    {
        var writer = new GgufWriter();
        writer.Set(
            Utterances,
            intents.Utterances.Select(one => $"{one.Intent}\t{(one.IsLearned ? "" : NotLearned)}\t{one.Text}").ToArray()
        );
        writer.Set(Answers, intents.Answers.Select(one => $"{one.Intent}\t{one.Answer}").ToArray());
        writer.Set(Talk, intents.Talk.ToArray());
        writer.Add(
            Vectors,
            GgufType.Q8Zero,
            [intents.Utterances[0].Vector.Length, intents.Utterances.Count],
            stream =>
            {
                foreach (var utterance in intents.Utterances)
                {
                    stream.Write(GgufNumbers.Encode(GgufType.Q8Zero, utterance.Vector));
                }
            }
        );
        writer.Save(path);
    }

    public static ModelIntents Load(string path)
    {
        var file = GgufReader.Read(path);
        var header = GgufRawHeader.Read(path).ToDictionary();
        var matrix = file.Tensors.Single(tensor => tensor.Name == Vectors);
        using var stream = File.OpenRead(path);
        stream.Position = file.DataStart + matrix.Offset;
        var row = new byte[matrix.Bytes / matrix.Shape[1]];
        var utterances = header[Utterances].Texts().Select(line => line.Split('\t', 3)).Select(Read).ToList();
        return new ModelIntents(
            utterances,
            [.. header[Answers].Texts().Select(line => line.Split('\t', 2)).Select(parts => (parts[0], parts[1]))],
            [.. header[Talk].Texts()]
        );

        IntentUtterance Read(string[] parts)
        {
            stream.ReadExactly(row);
            var vector = new float[matrix.Shape[0]];
            GgufNumbers.Decode(matrix.Type, row, vector);
            return new IntentUtterance(parts[0], parts[2], IsLearned: parts[1].Length == 0, vector);
        }
    }
}
