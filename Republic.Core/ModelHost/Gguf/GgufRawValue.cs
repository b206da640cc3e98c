namespace Republic.Core.ModelHost.Gguf;

/// <summary>A header's value as it stands in its file: the number of its type, then its bytes.</summary>
internal sealed record GgufRawValue(byte[] Bytes);
