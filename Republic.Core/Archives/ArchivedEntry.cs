namespace Republic.Core.Archives;

/// <param name="Name">Its path in the archive.</param>
/// <param name="Bytes">Unpacked.</param>
/// <param name="Sha256">In lower-case hexadecimal digits.</param>
internal sealed record ArchivedEntry(string Name, long Bytes, string Sha256);
