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
    /// <summary>The last counts computations with files that could not be named.</summary>
    private const int Slots = 128;
    private const int Unnamed = Slots - 1;
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
        List<nint> entries = [];
        lock (slots)
        {
            foreach (var model in files)
            {
                var at = EntryOf(model);
                // Before the next file looks for a slot that rests.
                Interlocked.Increment(ref *(int*)at);
                entries.Add(at);
            }
        }

        return new ActivityHandle(entries);
    }

    /// <summary>Reads what a child left behind.</summary>
    /// <returns>Each file with how many computations had not come back, and how many had. Null stands for all that could not be named.</returns>
    public static IReadOnlyList<(ModelFile? File, int Active, long Done)> Read(string path)
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
                .Select(slot => Entry(slot.Span))
                .Where(entry => entry.File is not null || entry.Active > 0),
        ];
    }

    public void Dispose()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        file.Dispose();
    }

    private static (ModelFile? File, int Active, long Done) Entry(ReadOnlySpan<byte> slot)
    {
        var path = Encoding.UTF8.GetString(slot.Slice(PathAt, BinaryPrimitives.ReadInt32LittleEndian(slot[LengthAt..])));
        var model =
            path.Length == 0
                ? null
                : new ModelFile(
                    Path.GetFileNameWithoutExtension(path),
                    path,
                    BinaryPrimitives.ReadInt64LittleEndian(slot[BytesAt..]),
                    new DateTime(BinaryPrimitives.ReadInt64LittleEndian(slot[ChangedAt..]), DateTimeKind.Utc)
                );
        return (model, BinaryPrimitives.ReadInt32LittleEndian(slot), BinaryPrimitives.ReadInt64LittleEndian(slot[DoneAt..]));
    }

    private nint EntryOf(ModelFile model)
    {
        if (!slots.TryGetValue(model, out var slot))
        {
            var path = Encoding.UTF8.GetBytes(model.Path);
            slot = path.Length > SlotBytes - PathAt ? Unnamed : FreeSlot();
            if (slot != Unnamed)
            {
                Write(slot, model, path);
                slots[model] = slot;
            }
        }

        return At(slot);
    }

    /// <summary>One that was never used, else that of the file that has proven itself least of those that nothing computes with now.</summary>
    private int FreeSlot()
    {
        if (slots.Count < Unnamed)
        {
            return slots.Count;
        }

        var resting = slots.Where(known => Volatile.Read(ref *(int*)At(known.Value)) == 0).ToList();
        if (resting.Count == 0)
        {
            return Unnamed;
        }

        var (file, slot) = resting.MinBy(known => Volatile.Read(ref *(long*)(At(known.Value) + DoneAt)));
        slots.Remove(file);
        return slot;
    }

    private void Write(int slot, ModelFile model, byte[] path)
    {
        var entry = new Span<byte>((void*)At(slot), SlotBytes);
        entry.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(entry[BytesAt..], model.Bytes);
        BinaryPrimitives.WriteInt64LittleEndian(entry[ChangedAt..], model.ChangedUtc.Ticks);
        path.CopyTo(entry[PathAt..]);
        BinaryPrimitives.WriteInt32LittleEndian(entry[LengthAt..], path.Length);
    }

    private nint At(int slot) => (nint)(start + (slot * SlotBytes));

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
