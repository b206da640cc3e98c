using System.Text;
using Republic.Core.Datasets.Reading;
using Republic.Core.Llama.Native;

namespace Republic.Core.Lora.Rows;

/// <summary>Reads the rows of a file on this machine by the rules of an upload, and with the same reasons for those that cannot be used.</summary>
internal static class ChatRowReader
{
    /// <param name="problems">Receives the rows that cannot be used.</param>
    /// <exception cref="LoraException">The file as a whole cannot be read; the message says why.</exception>
    public static IReadOnlyList<ChatRow> Read(string path, List<RowProblem> problems)
    {
        if (Utf16Of(path) is not { } encoding)
        {
            return Read(path, path, problems);
        }

        var copy = Path.GetTempFileName();
        try
        {
            Transcode(path, encoding, copy);
            return Read(path, copy, problems);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <param name="named">What the file is called where it cannot be read.</param>
    private static List<ChatRow> Read(string named, string path, List<RowProblem> problems)
    {
        var rows = new List<ChatRow>();
        if (new FileInfo(path).Length == 0)
        {
            // No row, which the run has words of its own for.
            return rows;
        }

        var opened = SourceFile.Open(path, mapping: null);
        using var source = opened.Ok ? opened.Value : throw new LoraException($"{named} cannot be read. {opened.Failure.Message}");
        foreach (var row in source.Rows())
        {
            if (row.Problem is { } problem)
            {
                problems.Add(new RowProblem(row.Line, problem));
            }
            else
            {
                rows.Add(new ChatRow(row.Line, [.. row.Messages.Select(message => LineOf(message.Role, message.Content))]));
            }
        }

        return rows;
    }

    /// <summary>A model cannot learn to begin with white space that its tokenizer joins to the template's own.</summary>
    private static ChatLine LineOf(string role, string content) => new(role, role == "assistant" ? content.Trim() : content);

    /// <summary>By the mark that the file begins with. Shells of Windows write it so: an upload is refused, a file of one's own is not.</summary>
    private static Encoding? Utf16Of(string path)
    {
        using var stream = File.OpenRead(path);
        Span<byte> start = stackalloc byte[2];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length ? null
            : start is [0xFF, 0xFE] ? Encoding.Unicode
            : start is [0xFE, 0xFF] ? Encoding.BigEndianUnicode
            : null;
    }

    private static void Transcode(string path, Encoding from, string to)
    {
        using var text = Encoding.CreateTranscodingStream(File.OpenRead(path), from, Encoding.UTF8);
        using var copy = File.Create(to);
        text.CopyTo(copy);
    }
}
