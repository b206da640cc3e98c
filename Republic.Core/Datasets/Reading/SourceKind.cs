namespace Republic.Core.Datasets.Reading;

internal enum SourceKind
{
    Lines,
    Array,
    Table,
}
