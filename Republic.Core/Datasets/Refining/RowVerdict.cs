namespace Republic.Core.Datasets.Refining;

/// <summary>What a row alone says of itself; whether it repeats another is seen later.</summary>
internal enum RowVerdict : byte
{
    Good,
    Malformed,
    TooShort,
    TooLong,
    LowQuality,
}
