using System.Text;

namespace Republic.MiniLm;

/// <summary>The vocabulary, in the form in which llama.cpp searches it.</summary>
internal sealed class WordPieces
{
    private const string Continued = "##";
    private const string WordStart = "▁";
    private const int Normal = 1;
    private const int Control = 3;
    private readonly List<string> lines;

    private WordPieces(List<string> lines) => this.lines = lines;

    public int Count => lines.Count;

    public uint Padding => IdOf("[PAD]");

    public uint Unknown => IdOf("[UNK]");

    public uint Start => IdOf("[CLS]");

    public uint End => IdOf("[SEP]");

    public uint Mask => IdOf("[MASK]");

    /// <summary>BERT marks a piece that goes on a word, llama.cpp one that begins it.</summary>
    public string[] Tokens =>
        [
            .. lines.Select(line =>
                IsControl(line) ? line
                : line.StartsWith(Continued, StringComparison.Ordinal) ? line[Continued.Length..]
                : WordStart + line
            ),
        ];

    public int[] Types => [.. lines.Select(line => IsControl(line) ? Control : Normal)];

    /// <param name="file">A piece a line, with the line ends of any system.</param>
    public static WordPieces Read(ReadOnlySpan<byte> file) =>
        new([.. Encoding.UTF8.GetString(file).TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r'))]);

    private static bool IsControl(string line) => line is "[PAD]" or "[UNK]" or "[CLS]" or "[SEP]" or "[MASK]";

    private uint IdOf(string token)
    {
        var id = lines.IndexOf(token);
        return id < 0 ? throw new InvalidDataException($"The vocabulary has no {token}.") : (uint)id;
    }
}
