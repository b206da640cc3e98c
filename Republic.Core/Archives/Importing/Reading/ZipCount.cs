using System.Buffers.Binary;

namespace Republic.Core.Archives.Importing.Reading;

/// <summary>
/// Counts the entries in the directory of a ZIP before the directory is read as a whole: a file of some gigabytes can list a hundred million.
/// </summary>
internal static class ZipCount
{
    private const int EndLength = 22;
    private const int LongestComment = 65535;
    private const int LocatorLength = 20;
    private const int LargeEndLength = 56;
    private const int HeaderLength = 46;
    private const uint EndMark = 0x06054b50;
    private const uint LocatorMark = 0x07064b50;
    private const uint LargeEndMark = 0x06064b50;
    private const uint HeaderMark = 0x02014b50;

    /// <returns>How many there are, counted up to one beyond <paramref name="most"/>; null where it is no whole ZIP.</returns>
    public static int? Of(Stream file, int most)
    {
        if (StartOf(file) is not { } start)
        {
            return null;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        var count = 0;
        for (file.Position = start; count <= most; count++)
        {
            if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
            {
                break;
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(header) != HeaderMark)
            {
                break;
            }

            file.Position +=
                BinaryPrimitives.ReadUInt16LittleEndian(header[28..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        }

        return count;
    }

    /// <summary>Where the directory begins; null where there is none.</summary>
    private static long? StartOf(Stream file)
    {
        var tail = new byte[Math.Min(file.Length, EndLength + LongestComment)];
        var tailStart = file.Length - tail.Length;
        file.Position = tailStart;
        file.ReadExactly(tail);
        for (var at = tail.Length - EndLength; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) != EndMark)
            {
                continue;
            }

            var offset = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
            // Whoever reads the directory looks for another end before this one where any of the three has no room here.
            var mayBeLarge =
                offset == uint.MaxValue
                || BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 4)) == ushort.MaxValue
                || BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10)) == ushort.MaxValue;
            var large = mayBeLarge ? LargeStartOf(file, tailStart + at) : null;
            var start = large ?? offset;
            return start >= 0 && start < file.Length ? start : null;
        }

        return null;
    }

    /// <summary>Of an archive of more than 4 GB, whose end stands before another one.</summary>
    private static long? LargeStartOf(Stream file, long end)
    {
        Span<byte> locator = stackalloc byte[LocatorLength];
        if (!TryRead(file, end - LocatorLength, locator) || BinaryPrimitives.ReadUInt32LittleEndian(locator) != LocatorMark)
        {
            return null;
        }

        Span<byte> large = stackalloc byte[LargeEndLength];
        return
            TryRead(file, BinaryPrimitives.ReadInt64LittleEndian(locator[8..]), large)
            && BinaryPrimitives.ReadUInt32LittleEndian(large) == LargeEndMark
            ? BinaryPrimitives.ReadInt64LittleEndian(large[48..])
            : null;
    }

    private static bool TryRead(Stream file, long at, Span<byte> into)
    {
        if (at < 0 || at > file.Length - into.Length)
        {
            return false;
        }

        file.Position = at;
        file.ReadExactly(into);
        return true;
    }
}
