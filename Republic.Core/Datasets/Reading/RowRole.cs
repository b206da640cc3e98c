namespace Republic.Core.Datasets.Reading;

internal enum RowRole : byte
{
    System,
    User,
    Assistant,
}
