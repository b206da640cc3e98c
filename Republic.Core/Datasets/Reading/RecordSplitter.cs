namespace Republic.Core.Datasets.Reading;

/// <summary>Finds where records end. It keeps its place between calls, so no byte is looked at twice.</summary>
internal abstract class RecordSplitter
{
    /// <summary>What says nothing at either end of a record. A record of nothing else is none.</summary>
    public virtual ReadOnlySpan<byte> White => " \t\r\n"u8;

    /// <summary>How many bytes at a record's end only separate it from the next. White space is cut off anyway.</summary>
    public virtual int Separator => 0;

    /// <summary>What the source lacks where it ends now, which is one more bad row.</summary>
    public virtual string? Missing => null;

    /// <summary>Why what was found is no record: what stands before <see cref="FindRestart"/> is then a bad row.</summary>
    public string? Broken { get; protected set; }

    /// <param name="more">What follows the bytes of the call before.</param>
    /// <returns>How many of them belong to the record and its separator; -1 when it goes on. The last byte seen, where it is broken.</returns>
    public abstract int FindEnd(ReadOnlySpan<byte> more);

    /// <summary>The source, or the longest possible record, ended before the record did.</summary>
    public virtual void CutOff() { }

    /// <summary>Where reading goes on in a record that is broken: at its second line. -1 when that is not there yet.</summary>
    public virtual int FindRestart(ReadOnlySpan<byte> record) => record.IndexOf((byte)'\n') is var end and >= 0 ? end + 1 : -1;

    /// <summary>Begins anew, after <see cref="Broken"/>, at the begin of a record.</summary>
    public virtual void Restart() => Broken = null;
}
