namespace Republic.Core.Datasets.Reading;

/// <summary>A piece of a source that one thread works on.</summary>
internal sealed class RecordBatch
{
    public ByteBuffer Bytes { get; } = new(SourceReader.BlockSize * 2);

    public List<SourceRecord> Records { get; } = [];

    public ReadOnlySpan<byte> Content(SourceRecord record) => Bytes.Slice(record.Start, record.Length);
}
