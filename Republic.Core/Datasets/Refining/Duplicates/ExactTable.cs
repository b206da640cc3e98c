using Republic.Core.Datasets.Versions;

namespace Republic.Core.Datasets.Refining.Duplicates;

/// <summary>Finds a candidate by its hash, in 6 to 12 bytes a row. The hashes themselves stand with the rows.</summary>
internal sealed class ExactTable(ChunkedList<CandidateRow> rows)
{
    /// <summary>Row numbers plus one; 0 is free.</summary>
    private int[] slots = new int[1 << 12];

    /// <summary>The row with this hash; -1 where there is none.</summary>
    public int Find(ContentHash hash)
    {
        var mask = slots.Length - 1;
        for (var at = (int)hash.Low & mask; slots[at] != 0; at = (at + 1) & mask)
        {
            if (rows[slots[at] - 1].Hash == hash)
            {
                return slots[at] - 1;
            }
        }

        return -1;
    }

    /// <summary>Takes the last row in.</summary>
    public void AddLast()
    {
        if (rows.Count * 3L > slots.Length * 2L)
        {
            slots = new int[slots.Length * 2];
            for (var row = 0; row < rows.Count - 1; row++)
            {
                Put(row);
            }
        }

        Put(rows.Count - 1);
    }

    private void Put(int row)
    {
        var mask = slots.Length - 1;
        var at = (int)rows[row].Hash.Low & mask;
        while (slots[at] != 0)
        {
            at = (at + 1) & mask;
        }

        slots[at] = row + 1;
    }
}
