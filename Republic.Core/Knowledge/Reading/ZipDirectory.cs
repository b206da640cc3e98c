using System.Buffers.Binary;

namespace Republic.Core.Knowledge.Reading;

/// <summary>
/// What an archive says that it holds, read before anything is unpacked or listed: a small one can hold more than the disk, or a million
/// names. What it says may be a lie; <see cref="BoundedStream"/> counts what really comes.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LongestComment = 65535;
    private const int HeaderLength = 46;
    private const uint EndMark = 0x06054b50;
    private const uint HeaderMark = 0x02014b50;

    /// <returns>The names in it and what they unpack to together. Null: it is no whole archive, or its directory has no end in these limits.</returns>
    public static (IReadOnlyList<string> Names, long Bytes)? Read(Stream file, int mostEntries)
    {
        var tail = new byte[Math.Min(file.Length, EndLength + LongestComment)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        if (EndOf(tail) is not { } end)
        {
            return null;
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 12));
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (offset + (long)size > file.Length || size > mostEntries * (HeaderLength + 512L))
        {
            return null;
        }

        var directory = new byte[size];
        file.Position = offset;
        file.ReadExactly(directory);
        return Entries(directory, mostEntries);
    }

    private static (IReadOnlyList<string> Names, long Bytes)? Entries(ReadOnlySpan<byte> directory, int most)
    {
        var names = new List<string>();
        var bytes = 0L;
        while (directory.Length >= HeaderLength && BinaryPrimitives.ReadUInt32LittleEndian(directory) == HeaderMark)
        {
            var name = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            var length =
                HeaderLength
                + name
                + BinaryPrimitives.ReadUInt16LittleEndian(directory[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
            if (length > directory.Length || names.Count == most)
            {
                return null;
            }

            // A size of 64 bits stands elsewhere and says here 4 GB, which is too much anyway.
            bytes += BinaryPrimitives.ReadUInt32LittleEndian(directory[24..]);
            names.Add(System.Text.Encoding.UTF8.GetString(directory.Slice(HeaderLength, name)));
            directory = directory[length..];
        }

        return (names, bytes);
    }

    private static int? EndOf(ReadOnlySpan<byte> tail)
    {
        for (var at = tail.Length - EndLength; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail[at..]) == EndMark)
            {
                return at;
            }
        }

        return null;
    }
}
