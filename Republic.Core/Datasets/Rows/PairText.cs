namespace Republic.Core.Datasets.Rows;

internal static class PairText
{
    /// <param name="texts">By <see cref="RowKey"/>; null where a field is missing or no text.</param>
    public static string? Fill(RowText row, RowKey question, RowKey answer, ReadOnlySpan<TextSlice?> texts)
    {
        if (texts[(int)question] is not { } asked)
        {
            return $"its {RowKeys.NameOf(question)} is no text";
        }

        if (texts[(int)answer] is not { } answered)
        {
            return $"its {RowKeys.NameOf(answer)} is no text";
        }

        var input = question == RowKey.Input ? null : texts[(int)RowKey.Input];
        return Fill(row, asked, answered, input, texts[(int)RowKey.System]);
    }

    public static string? Fill(RowText row, TextSlice asked, TextSlice answered, TextSlice? input, TextSlice? system)
    {
        if (input is { } more && !row.IsBlank(more))
        {
            asked = Join(row, asked, more);
        }

        if (row.IsBlank(asked))
        {
            return "its prompt is empty";
        }

        if (row.IsBlank(answered))
        {
            return "its answer is empty";
        }

        if (system is { } text && !row.IsBlank(text))
        {
            row.Add(RowRole.System, text);
        }

        row.Add(RowRole.User, asked);
        row.Add(RowRole.Assistant, answered);
        return NulIn(row);
    }

    public static string? NulIn(RowText row) => row.Bytes.Written.Contains((byte)0) ? "it holds a NUL character" : null;

    private static TextSlice Join(RowText row, TextSlice first, TextSlice second)
    {
        var start = row.Bytes.Length;
        // Reserved first: the pieces lie in the bytes that would move while they are copied.
        row.Bytes.Reserve(first.Length + second.Length + 2);
        row.Bytes.Append(row.Text(first));
        row.Bytes.Append("\n\n"u8);
        row.Bytes.Append(row.Text(second));
        return new TextSlice(start, row.Bytes.Length - start);
    }
}
