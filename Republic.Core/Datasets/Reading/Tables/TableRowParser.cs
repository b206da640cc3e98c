using System.Text;
using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets.Reading.Tables;

/// <summary>Reads a record of CSV as a prompt and its answer.</summary>
/// <param name="columns">How many fields each record has.</param>
/// <param name="places">Of prompt, answer, system and input; -1 for none.</param>
internal sealed class TableRowParser(byte delimiter, int columns, TablePlaces places) : IRowParser
{
    public string? Parse(ReadOnlySpan<byte> record, RowText row)
    {
        row.Clear();
        row.Format = RowFormat.Csv;
        if (RecordBytes.Fault(record) is { } fault)
        {
            return fault;
        }

        TextSlice? prompt = null;
        TextSlice? answer = null;
        TextSlice? system = null;
        TextSlice? input = null;
        var count = 0;
        for (var fields = new TableFields(record, delimiter); fields.Next(); count++)
        {
            if (count == places.Prompt)
            {
                prompt = Append(fields, row);
            }
            else if (count == places.Answer)
            {
                answer = Append(fields, row);
            }
            else if (count == places.System)
            {
                system = Append(fields, row);
            }
            else if (count == places.Input)
            {
                input = Append(fields, row);
            }
        }

        return count != columns
            ? FormattableString.Invariant($"it has {count:n0} {(count == 1 ? "field" : "fields")}, and the first line has {columns:n0}")
            : PairText.Fill(row, prompt!.Value, answer!.Value, input, system);
    }

    /// <summary>All fields as text, for a person to choose columns by.</summary>
    public static List<string> Texts(ReadOnlySpan<byte> record, byte delimiter, int most)
    {
        var texts = new List<string>();
        var bytes = new ByteBuffer(256);
        for (var fields = new TableFields(record, delimiter); texts.Count < most && fields.Next(); )
        {
            bytes.Length = 0;
            fields.CopyTo(bytes);
            texts.Add(Encoding.UTF8.GetString(bytes.Written));
        }

        return texts;
    }

    private static TextSlice Append(TableFields fields, RowText row)
    {
        var start = row.Bytes.Length;
        fields.CopyTo(row.Bytes);
        return new TextSlice(start, row.Bytes.Length - start);
    }
}
