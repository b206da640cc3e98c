using System.Text.Json;

namespace Republic.Core.Datasets.Rows;

internal static class JsonTexts
{
    /// <summary>The string that the reader stands on, unescaped.</summary>
    /// <exception cref="InvalidOperationException">It holds half of a character.</exception>
    public static TextSlice Append(ref Utf8JsonReader reader, RowText row)
    {
        if (!reader.ValueIsEscaped)
        {
            return row.Append(reader.ValueSpan);
        }

        var start = row.Bytes.Length;
        var length = reader.CopyString(row.Bytes.Reserve(reader.ValueSpan.Length));
        row.Bytes.Length += length;
        return new TextSlice(start, length);
    }
}
