using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets.Reading.Tables;

/// <summary>Records of CSV (RFC 4180): a field in quotation marks may hold separators, line ends, and quotation marks, doubled.</summary>
internal sealed class TableSplitter(byte delimiter) : RecordSplitter
{
    public const string NotClosed = "a quotation mark is opened and never closed";
    private State state;

    private enum State
    {
        FieldStart,
        Plain,
        Quoted,
        AfterQuote,
    }

    /// <summary>A field may be nothing but spaces, and a tab may separate the first from the second.</summary>
    public override ReadOnlySpan<byte> White => "\r\n"u8;

    public override int FindEnd(ReadOnlySpan<byte> more)
    {
        for (var at = 0; at < more.Length; at++)
        {
            var skipped = state switch
            {
                State.Quoted => more[at..].IndexOf((byte)'"'),
                State.Plain => more[at..].IndexOfAny(delimiter, (byte)'\n'),
                _ => 0,
            };
            if (skipped < 0)
            {
                return -1;
            }

            at += skipped;
            var next = Next(more[at]);
            if (Broken is not null || (more[at] == '\n' && next == State.FieldStart))
            {
                state = State.FieldStart;
                return at + 1;
            }

            state = next;
        }

        return -1;
    }

    public override void CutOff()
    {
        if (state == State.Quoted)
        {
            Broken = NotClosed;
        }
    }

    public override void Restart()
    {
        base.Restart();
        state = State.FieldStart;
    }

    private State Next(byte value)
    {
        switch (state)
        {
            case State.Quoted:
                return State.AfterQuote;
            case State.AfterQuote when value == '"':
                return State.Quoted;
            // A carriage return belongs to the line's end.
            case State.AfterQuote when value == '\r':
                return State.AfterQuote;
            case State.AfterQuote when value != delimiter && value != '\n':
                Broken = "text stands behind a closing quotation mark (one inside a field is written twice)";
                return State.FieldStart;
            case State.FieldStart when value == '"':
                return State.Quoted;
            default:
                return value == delimiter || value == '\n' ? State.FieldStart : State.Plain;
        }
    }
}
