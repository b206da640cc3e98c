namespace Republic.Core.Datasets.Rows;

internal enum RowFormat : byte
{
    Messages,
    Alpaca,
    ShareGpt,
    Pairs,
    Csv,
}
