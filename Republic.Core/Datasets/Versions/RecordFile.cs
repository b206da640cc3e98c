using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Republic.Core.Datasets.Versions;

/// <summary>A file of records of one size, as the machine lays them out (little-endian, as all that .NET runs on).</summary>
internal sealed class RecordFile<T>(SafeFileHandle handle) : IDisposable
    where T : unmanaged
{
    public static readonly int Size = Unsafe.SizeOf<T>();

    public int Count { get; } = (int)(RandomAccess.GetLength(handle) / Size);

    public static RecordFile<T> Open(string path) => new(File.OpenHandle(path));

    public static void Write(Stream stream, in T record) => stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in record)));

    /// <exception cref="EndOfStreamException">There is none any more.</exception>
    public static T Read(Stream stream)
    {
        var record = default(T);
        stream.ReadExactly(MemoryMarshal.AsBytes(new Span<T>(ref record)));
        return record;
    }

    /// <summary>Fewer where the file ends.</summary>
    public T[] Read(int first, int count)
    {
        var records = new T[Math.Clamp(count, 0, Math.Max(0, Count - first))];
        var bytes = MemoryMarshal.AsBytes(records.AsSpan());
        for (int done = 0, read; done < bytes.Length; done += read)
        {
            read = RandomAccess.Read(handle, bytes[done..], ((long)first * Size) + done);
            if (read == 0)
            {
                throw new IOException("An index of the version is shorter than it was.");
            }
        }

        return records;
    }

    /// <summary>All of them in order, a few thousand in memory at a time.</summary>
    public IEnumerable<T> All(int from = 0)
    {
        const int AtOnce = 4096;
        for (var first = from; first < Count; first += AtOnce)
        {
            foreach (var record in Read(first, AtOnce))
            {
                yield return record;
            }
        }
    }

    public void Dispose() => handle.Dispose();
}
