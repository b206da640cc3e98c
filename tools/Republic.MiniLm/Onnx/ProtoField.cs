using System.Text;

namespace Republic.MiniLm.Onnx;

/// <summary>One field of a protobuf message: a number, or bytes, which may be a text or another message.</summary>
/// <param name="Value">0 where the field holds bytes.</param>
/// <param name="Bytes">Empty where it holds a number.</param>
internal readonly record struct ProtoField(ulong Number, ulong Value, ReadOnlyMemory<byte> Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes.Span);
}
