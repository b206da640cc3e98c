namespace Republic.Core.Datasets.Reading;

internal enum RowFormat : byte
{
    Messages,
    Alpaca,
    ShareGpt,
    Pairs,
    Csv,
}
