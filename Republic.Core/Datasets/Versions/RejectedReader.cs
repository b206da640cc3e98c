using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Republic.Core.Datasets.Reading;

namespace Republic.Core.Datasets.Versions;

internal static class RejectedReader
{
    public static RejectedPage Read(string path, long from, int limit)
    {
        using var file = File.OpenHandle(path);
        if (!IsLineStart(file, from))
        {
            return new RejectedPage([], null);
        }

        var reader = new SourceReader(file, new LineSplitter(), from, 1);
        var batch = new RecordBatch();
        var rows = new List<RejectedRow>();
        while (reader.Fill(batch, CancellationToken.None))
        {
            foreach (var record in batch.Records)
            {
                if (rows.Count == limit)
                {
                    return new RejectedPage(rows, record.Offset);
                }

                rows.Add(JsonSerializer.Deserialize<RejectedRow>(batch.Content(record), SnakeCaseJson.Options)!);
            }
        }

        return new RejectedPage(rows, null);
    }

    /// <summary>A position comes back in an address, where anybody can write another.</summary>
    private static bool IsLineStart(SafeFileHandle file, long position)
    {
        Span<byte> before = stackalloc byte[1];
        return position == 0
            || (position <= RandomAccess.GetLength(file) && RandomAccess.Read(file, before, position - 1) == 1 && before[0] == (byte)'\n');
    }
}
