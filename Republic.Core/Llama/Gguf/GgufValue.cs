using System.Text;

namespace Republic.Core.Llama.Gguf;

/// <summary>How the values of a GGUF header are written: the number of the type, then the value.</summary>
internal static class GgufValue
{
    public const int TruthType = 7;
    public const int StringType = 8;
    public const int ArrayType = 9;

    private static readonly Dictionary<Type, int> Types = new()
    {
        [typeof(byte)] = 0,
        [typeof(sbyte)] = 1,
        [typeof(ushort)] = 2,
        [typeof(short)] = 3,
        [typeof(uint)] = 4,
        [typeof(int)] = 5,
        [typeof(float)] = 6,
        [typeof(bool)] = TruthType,
        [typeof(string)] = StringType,
        [typeof(ulong)] = 10,
        [typeof(long)] = 11,
        [typeof(double)] = 12,
    };

    public static void Require(string key, object value)
    {
        var type = value is Array { Rank: 1 } ? value.GetType().GetElementType()! : value.GetType();
        if (key.Length == 0 || !(value is GgufRawValue || Types.ContainsKey(type)))
        {
            throw new ArgumentException($"A GGUF header cannot hold a {value.GetType().Name} under \"{key}\".", nameof(value));
        }
    }

    public static void Write(BinaryWriter to, object value)
    {
        if (value is GgufRawValue raw)
        {
            to.Write(raw.Bytes);
            return;
        }

        if (value is not Array array)
        {
            to.Write(Types[value.GetType()]);
            WriteOne(to, value);
            return;
        }

        to.Write(ArrayType);
        to.Write(Types[array.GetType().GetElementType()!]);
        to.Write((long)array.Length);
        foreach (var item in array)
        {
            WriteOne(to, item);
        }
    }

    /// <summary>As they would stand in a file.</summary>
    public static byte[] Bytes(object value)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        Write(writer, value);
        return bytes.ToArray();
    }

    public static void WriteText(BinaryWriter to, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        to.Write((long)utf8.Length);
        to.Write(utf8);
    }

    private static void WriteOne(BinaryWriter to, object value)
    {
        switch (value)
        {
            case string text:
                WriteText(to, text);
                break;
            case bool truth:
                to.Write(truth);
                break;
            case byte number:
                to.Write(number);
                break;
            case sbyte number:
                to.Write(number);
                break;
            case ushort number:
                to.Write(number);
                break;
            case short number:
                to.Write(number);
                break;
            case uint number:
                to.Write(number);
                break;
            case int number:
                to.Write(number);
                break;
            case ulong number:
                to.Write(number);
                break;
            case long number:
                to.Write(number);
                break;
            case float number:
                to.Write(number);
                break;
            case double number:
                to.Write(number);
                break;
            default:
                throw new ArgumentException($"A GGUF header cannot hold {value}.", nameof(value));
        }
    }
}
