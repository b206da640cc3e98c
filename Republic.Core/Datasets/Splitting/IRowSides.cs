namespace Republic.Core.Datasets.Splitting;

/// <summary>Reads rows by their number. Each thread has one of its own.</summary>
internal interface IRowSides
{
    void Read(int row, RowSides into);
}
