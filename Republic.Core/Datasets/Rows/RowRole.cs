namespace Republic.Core.Datasets.Rows;

internal enum RowRole : byte
{
    System,
    User,
    Assistant,
}
