using System.Text;
using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets.Splitting;

/// <summary>What a row asks and what it answers: all turns of either side one after the other, system texts left out.</summary>
internal sealed class RowSides
{
    private const int MostKept = 1 << 18;

    public ByteBuffer Question { get; } = new();

    public ByteBuffer Answer { get; } = new();

    public void Clear()
    {
        Question.Clear(MostKept);
        Answer.Clear(MostKept);
    }

    public void Ask(ReadOnlySpan<byte> text) => Add(Question, text);

    public void Reply(ReadOnlySpan<byte> text) => Add(Answer, text);

    public void Fill(string question, string answer)
    {
        Clear();
        Ask(Encoding.UTF8.GetBytes(question));
        Reply(Encoding.UTF8.GetBytes(answer));
    }

    public void Fill(RowText row)
    {
        Clear();
        foreach (var turn in row.Turns)
        {
            if (turn.Role == RowRole.User)
            {
                Ask(row.Text(turn.Text));
            }
            else if (turn.Role == RowRole.Assistant)
            {
                Reply(row.Text(turn.Text));
            }
        }
    }

    private static void Add(ByteBuffer side, ReadOnlySpan<byte> text)
    {
        side.Append(text);
        side.Append((byte)'\n');
    }
}
