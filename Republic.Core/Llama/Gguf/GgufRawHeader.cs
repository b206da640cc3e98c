using System.Text;

namespace Republic.Core.Llama.Gguf;

/// <summary>Takes the values of a header as they are, vocabularies and all, to write them into another file.</summary>
internal static class GgufRawHeader
{
    /// <param name="path">A file that <see cref="GgufReader"/> has read: its lengths are believed here.</param>
    public static IReadOnlyList<KeyValuePair<string, GgufRawValue>> Read(string path)
    {
        using var reader = new BinaryReader(new BufferedStream(File.OpenRead(path), 1 << 16), Encoding.UTF8);
        reader.ReadBytes(16);
        var count = reader.ReadInt64();
        var values = new List<KeyValuePair<string, GgufRawValue>>();
        for (var i = 0L; i < count; i++)
        {
            var key = Encoding.UTF8.GetString(reader.ReadBytes((int)reader.ReadInt64()));
            using var bytes = new MemoryStream();
            using var copy = new BinaryWriter(bytes);
            var type = reader.ReadInt32();
            copy.Write(type);
            Copy(reader, copy, type);
            values.Add(new(key, new GgufRawValue(bytes.ToArray())));
        }

        return values;
    }

    private static void Copy(BinaryReader from, BinaryWriter to, int type)
    {
        if (type == GgufValue.ArrayType)
        {
            var elementType = from.ReadInt32();
            var count = from.ReadInt64();
            to.Write(elementType);
            to.Write(count);
            for (var i = 0L; i < count; i++)
            {
                Copy(from, to, elementType);
            }
        }
        else if (type == GgufValue.StringType)
        {
            var length = from.ReadInt64();
            to.Write(length);
            to.Write(from.ReadBytes((int)length));
        }
        else
        {
            to.Write(from.ReadBytes(LengthOf(type)));
        }
    }

    private static int LengthOf(int type) =>
        type switch
        {
            0 or 1 or 7 => 1,
            2 or 3 => 2,
            4 or 5 or 6 => 4,
            _ => 8,
        };
}
