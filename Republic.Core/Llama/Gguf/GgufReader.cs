using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Republic.Core.Llama.Gguf;

/// <summary>
/// Reads the header of a GGUF file (versions 2 and 3) without believing any of it: every count and length is held
/// against what is left of the file before anything is allocated. The beginning of a file is enough, where it holds the header.
/// </summary>
internal sealed class GgufReader : IDisposable
{
    /// <summary>The most tensors that a model may have, in all its files together. Real ones have a few thousand.</summary>
    public const int MostTensors = 1 << 16;

    private const uint Magic = 0x46554747;
    private const int KeptNumbers = 1024;
    private const int LongestName = 1024;
    private const int LongestText = 1 << 20;
    private const int MostKeys = 1 << 16;

    /// <summary>The most numbers in all lists of a header together. Real headers have a few lists, with a number for each layer.</summary>
    private const int MostNumbers = 1 << 20;

    /// <summary>The most bytes of a header. Those with the largest vocabularies take a third of it.</summary>
    private const long LongestHeader = 64 << 20;
    private const int StringType = 8;
    private const int ArrayType = 9;

    /// <summary>The most bytes of a file: 1 PiB, so that no sum over a header can overflow.</summary>
    private const long LongestFile = 1L << 50;
    private readonly BufferedStream stream;
    private readonly long length;
    private readonly long present;
    private readonly byte[] buffer = new byte[8];
    private long position;
    private long numbersKept;

    /// <param name="bytes">The file, or its beginning.</param>
    /// <param name="length">Bytes of the whole file.</param>
    private GgufReader(Stream bytes, long length)
    {
        stream = new BufferedStream(bytes, 1 << 16);
        this.length = length;
        present = bytes.Length;
    }

    /// <exception cref="GgufException">The file is not a readable GGUF.</exception>
    public static GgufFile Read(string path)
    {
        var file = File.OpenRead(path);
        using var reader = new GgufReader(file, file.Length);
        return reader.ReadHeader();
    }

    /// <summary>The header of a file of which only the beginning is here.</summary>
    /// <param name="fileBytes">The length of the whole file, which its header is held against.</param>
    /// <returns>Null when the header is sound so far and goes on behind the prefix: more of the file is needed.</returns>
    /// <exception cref="GgufException">The file is not a readable GGUF, whatever follows.</exception>
    public static GgufFile? ReadPrefix(ArraySegment<byte> prefix, long fileBytes)
    {
        if (fileBytes is < 0 or > LongestFile)
        {
            throw new GgufException($"The file is said to have {fileBytes} bytes, which no model has.");
        }

        var known = (int)Math.Min(prefix.Count, fileBytes);
        using var reader = new GgufReader(new MemoryStream(prefix.Array ?? [], prefix.Offset, known, writable: false), fileBytes);
        try
        {
            return reader.ReadHeader();
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    public void Dispose() => stream.Dispose();

    private GgufFile ReadHeader()
    {
        if (length < 24 || UInt32() != Magic)
        {
            throw new GgufException("This is not a GGUF file: it does not begin with the letters GGUF.", GgufException.TakeAnother);
        }

        var version = UInt32();
        if (version is not (2 or 3))
        {
            throw new GgufException(
                $"The file says it is GGUF version {version}; versions 2 and 3 can be read.",
                GgufException.TakeAnother
            );
        }

        var tensorCount = Count("tensors", smallest: 24);
        var valueCount = Count("metadata values", smallest: 13);
        if (valueCount > MostKeys)
        {
            throw new GgufException($"The header has {valueCount} values, where at most {MostKeys} make sense.", GgufException.TakeAnother);
        }

        if (tensorCount > MostTensors)
        {
            throw new GgufException(
                $"The header has {tensorCount} tensors, where at most {MostTensors} make sense.",
                GgufException.TakeAnother
            );
        }

        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        for (var i = 0L; i < valueCount; i++)
        {
            var key = Name("a key");
            if (key.Length == 0 || !values.TryAdd(key, Value(Int32(), key)))
            {
                throw new GgufException($"The header has the key \"{key}\" twice or empty.");
            }
        }

        var alignment = values.GetValueOrDefault("general.alignment") switch
        {
            null => 32,
            long given and > 0 and <= 1 << 16 when (given & (given - 1)) == 0 && given % 8 == 0 => (int)given,
            var other => throw new GgufException($"The header asks for an alignment of {other}, which is no power of 2 from 8 on."),
        };
        var tensors = new List<GgufTensor>();
        for (var i = 0L; i < tensorCount; i++)
        {
            tensors.Add(Tensor());
        }

        return new GgufFile(values, tensors, alignment, (position + alignment - 1) / alignment * alignment, length);
    }

    private GgufTensor Tensor()
    {
        var name = Name("a tensor's name");
        var dimensions = UInt32();
        if (dimensions is < 1 or > 4)
        {
            throw new GgufException($"The tensor {name} has {dimensions} dimensions; 1 to 4 are possible.");
        }

        var shape = new long[dimensions];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = Int64();
        }

        var id = Int32();
        var type =
            GgufType.Find(id)
            ?? throw new GgufException($"The tensor {name} is stored as number type {id}, which is not known.", GgufException.TakeAnother);
        return new GgufTensor(name, shape, type, Int64());
    }

    private object Value(int type, string key) =>
        type switch
        {
            0 => (long)Bytes(1)[0],
            1 => (long)(sbyte)Bytes(1)[0],
            2 => (long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2)),
            3 => (long)BinaryPrimitives.ReadInt16LittleEndian(Bytes(2)),
            4 => (long)UInt32(),
            5 => (long)Int32(),
            6 => (double)BinaryPrimitives.ReadSingleLittleEndian(Bytes(4)),
            7 => Bytes(1)[0] != 0,
            StringType => Text(LongestText, key),
            ArrayType => Array(key),
            10 or 11 => Int64(),
            12 => new GgufDouble(BinaryPrimitives.ReadDoubleLittleEndian(Bytes(8))),
            _ => throw new GgufException($"The header's value {key} has the unknown type {type}."),
        };

    private GgufArray Array(string key)
    {
        var type = Int32();
        var size = type switch
        {
            0 or 1 or 7 => 1,
            2 or 3 => 2,
            4 or 5 or 6 => 4,
            10 or 11 or 12 => 8,
            StringType => 8,
            _ => throw new GgufException($"The header's list {key} has the unknown element type {type}."),
        };
        var count = Count(key, size);
        var numbers = new List<long>();
        if (type != StringType && (count > KeptNumbers || (numbersKept += count) > MostNumbers))
        {
            Skip(count * size, key);
            return new GgufArray(type, count, numbers);
        }

        for (var i = 0L; i < count; i++)
        {
            if (type == StringType)
            {
                Skip(Int64(), key);
            }
            else if (Value(type, key) is var value and (long or bool))
            {
                numbers.Add(Convert.ToInt64(value, CultureInfo.InvariantCulture));
            }
        }

        return new GgufArray(type, count, numbers);
    }

    /// <summary>A name, which may stand in a message.</summary>
    private string Name(string what)
    {
        var name = Text(LongestName, what);
        return name.All(letter => !char.IsControl(letter))
            ? name
            : throw new GgufException($"The header has {what} with control characters.", GgufException.TakeAnother);
    }

    private string Text(int longest, string what)
    {
        var size = Int64();
        if (size < 0 || size > longest)
        {
            throw new GgufException($"The header gives {what} a length of {(ulong)size} bytes, where at most {longest} make sense.");
        }

        Require(size, what);
        var bytes = new byte[size];
        stream.ReadExactly(bytes);
        position += size;
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>A number of things of which each takes at least so many bytes of the header.</summary>
    private long Count(string what, int smallest)
    {
        var count = Int64();
        return count >= 0 && count <= (length - position) / smallest
            ? count
            : throw new GgufException($"The header promises {(ulong)count} {what}, more than the file has room for.");
    }

    private void Skip(long bytes, string what)
    {
        Require(bytes, what);
        stream.Seek(bytes, SeekOrigin.Current);
        position += bytes;
    }

    private void Require(long bytes, string what)
    {
        if (bytes < 0 || bytes > length - position)
        {
            throw new GgufException($"The file ends in the middle of its header ({what}): it is cut off.");
        }

        if (bytes > LongestHeader - position)
        {
            throw new GgufException($"The header is longer than {LongestHeader >> 20} MB, which no model's is.", GgufException.TakeAnother);
        }

        if (bytes > present - position)
        {
            throw new EndOfStreamException($"The prefix ends in the middle of the header ({what}).");
        }
    }

    private uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

    private long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    private ReadOnlySpan<byte> Bytes(int count)
    {
        Require(count, "a number");
        stream.ReadExactly(buffer, 0, count);
        position += count;
        return buffer.AsSpan(0, count);
    }
}
