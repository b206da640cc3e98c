using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Text;
using Republic.Core.Llama.Files;

namespace Republic.Core.Inference.Supervision;

/// <summary>
/// Which files, models and adapters, the child is computing with at this moment, in a file that both processes map: what stands there when the child
/// crashes tells over which file. The kernel keeps the pages, so that nothing has to be written out first.
/// </summary>
internal sealed unsafe class ActivityBoard : IDisposable
{
    private const int Slots = 128;
    private const int SlotBytes = 1024;
    private const int DoneAt = 8;
    private const int BytesAt = 16;
    private const int ChangedAt = 24;
    private const int LengthAt = 32;
    private const int PathAt = 36;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;
    private readonly Dictionary<ModelFile, int> slots = [];

    /// <param name="path">Made anew if it is there; null leaves the board without a reader, as in tests and tools.</param>
    public ActivityBoard(string? path)
    {
        const long Size = Slots * SlotBytes;
        file = path is null ? MemoryMappedFile.CreateNew(null, Size) : MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, Size);
        view = file.CreateViewAccessor();
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    /// <returns>To be disposed when the computation has come back.</returns>
    public IDisposable Enter(params IEnumerable<ModelFile> files)
    {
        List<nint> entries = [.. files.Select(SlotOf).OfType<int>().Select(slot => (nint)(start + (slot * SlotBytes)))];
        foreach (var at in entries)
        {
            Interlocked.Increment(ref *(int*)at);
        }

        return new ActivityHandle(entries);
    }

    /// <summary>Reads what a child left behind.</summary>
    /// <returns>Each file with how many computations had not come back, and how many had.</returns>
    public static IReadOnlyList<(ModelFile File, int Active, long Done)> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var bytes = File.ReadAllBytes(path);
        return
        [
            .. Enumerable
                .Range(0, bytes.Length / SlotBytes)
                .Select(slot => bytes.AsMemory(slot * SlotBytes, SlotBytes))
                .Where(slot => BinaryPrimitives.ReadInt32LittleEndian(slot.Span[LengthAt..]) > 0)
                .Select(slot => Entry(slot.Span)),
        ];
    }

    public void Dispose()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        file.Dispose();
    }

    private static (ModelFile, int, long) Entry(ReadOnlySpan<byte> slot)
    {
        var path = Encoding.UTF8.GetString(slot.Slice(PathAt, BinaryPrimitives.ReadInt32LittleEndian(slot[LengthAt..])));
        var model = new ModelFile(
            Path.GetFileNameWithoutExtension(path),
            path,
            BinaryPrimitives.ReadInt64LittleEndian(slot[BytesAt..]),
            new DateTime(BinaryPrimitives.ReadInt64LittleEndian(slot[ChangedAt..]), DateTimeKind.Utc)
        );
        return (model, BinaryPrimitives.ReadInt32LittleEndian(slot), BinaryPrimitives.ReadInt64LittleEndian(slot[DoneAt..]));
    }

    /// <summary>Null where there is no room left: so many files, or so long a path, that the board cannot name them.</summary>
    private int? SlotOf(ModelFile model)
    {
        lock (slots)
        {
            if (slots.TryGetValue(model, out var known))
            {
                return known;
            }

            var path = Encoding.UTF8.GetBytes(model.Path);
            if (slots.Count == Slots || path.Length > SlotBytes - PathAt)
            {
                return null;
            }

            var slot = new Span<byte>(start + (slots.Count * SlotBytes), SlotBytes);
            BinaryPrimitives.WriteInt64LittleEndian(slot[BytesAt..], model.Bytes);
            BinaryPrimitives.WriteInt64LittleEndian(slot[ChangedAt..], model.ChangedUtc.Ticks);
            path.CopyTo(slot[PathAt..]);
            BinaryPrimitives.WriteInt32LittleEndian(slot[LengthAt..], path.Length);
            slots[model] = slots.Count;
            return slots.Count - 1;
        }
    }

    private sealed class ActivityHandle(List<nint> entries) : IDisposable
    {
        public void Dispose()
        {
            foreach (var at in entries)
            {
                Interlocked.Increment(ref *(long*)(at + DoneAt));
                Interlocked.Decrement(ref *(int*)at);
            }
        }
    }
}
