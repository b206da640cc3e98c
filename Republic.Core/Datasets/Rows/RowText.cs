using System.Text;
using Republic.Core.Datasets.Reading;

namespace Republic.Core.Datasets.Rows;

/// <summary>One row's messages as UTF-8. Parsers fill the same one again and again.</summary>
internal sealed class RowText
{
    private const int MostKept = 1 << 18;
    private readonly List<RowTurn> turns = [];

    public ByteBuffer Bytes { get; } = new();

    public RowFormat Format { get; set; }

    public IReadOnlyList<RowTurn> Turns => turns;

    public void Clear()
    {
        turns.Clear();
        Bytes.Clear(MostKept);
    }

    public void ForgetTurns() => turns.Clear();

    public void Add(RowRole role, TextSlice text) => turns.Add(new RowTurn(role, text));

    public void Insert(RowRole role, TextSlice text) => turns.Insert(0, new RowTurn(role, text));

    public ReadOnlySpan<byte> Text(TextSlice slice) => Bytes.Slice(slice.Start, slice.Length);

    public TextSlice Append(ReadOnlySpan<byte> text)
    {
        var start = Bytes.Length;
        Bytes.Append(text);
        return new TextSlice(start, text.Length);
    }

    public bool IsBlank(TextSlice slice)
    {
        var text = Text(slice);
        while (Rune.DecodeFromUtf8(text, out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            if (!Rune.IsWhiteSpace(rune))
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    public List<RowMessage> ToMessages() =>
        [.. turns.Select(turn => new RowMessage(NameOf(turn.Role), Encoding.UTF8.GetString(Text(turn.Text))))];

    private static string NameOf(RowRole role) =>
        role switch
        {
            RowRole.System => "system",
            RowRole.User => "user",
            _ => "assistant",
        };
}
