using Microsoft.Win32.SafeHandles;
using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets.Versions;

/// <summary>Single lines of samples.jsonl or repeats.jsonl, by their place.</summary>
internal sealed class SampleFile(SafeFileHandle handle) : IDisposable
{
    public static SampleFile Open(string path) => new(File.OpenHandle(path));

    public byte[] Line(long offset, int length)
    {
        var bytes = new byte[length];
        Read(bytes, offset);
        return bytes;
    }

    public void Read(Span<byte> into, long offset)
    {
        for (int done = 0, count; done < into.Length; done += count)
        {
            count = RandomAccess.Read(handle, into[done..], offset + done);
            if (count == 0)
            {
                throw new IOException("A file of the version is shorter than its index says.");
            }
        }
    }

    public List<RowMessage> Messages(long offset, int length) => Parse(Line(offset, length));

    public static List<RowMessage> Parse(ReadOnlySpan<byte> line)
    {
        var row = new RowText();
        var problem = new JsonRowParser().Parse(line.TrimEnd((byte)'\n'), row);
        return problem is null ? row.ToMessages() : throw new IOException($"A row of the version cannot be read: {problem}.");
    }

    public void Dispose() => handle.Dispose();
}
