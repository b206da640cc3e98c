using System.Text;

namespace Republic.Core.Llama.Gguf;

/// <summary>A header's value as it stands in its file: the number of its type, then its bytes.</summary>
internal sealed record GgufRawValue(byte[] Bytes)
{
    /// <summary>The strings of an array of strings; none of any other value.</summary>
    public IEnumerable<string> Texts()
    {
        using var reader = new BinaryReader(new MemoryStream(Bytes), Encoding.UTF8);
        if (reader.ReadInt32() != GgufValue.ArrayType || reader.ReadInt32() != GgufValue.StringType)
        {
            yield break;
        }

        for (var left = reader.ReadInt64(); left > 0; left--)
        {
            yield return Encoding.UTF8.GetString(reader.ReadBytes((int)reader.ReadInt64()));
        }
    }
}
